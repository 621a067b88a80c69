"""Settings of the doors that answer over HTTP: pages, sign-in, sessions, languages, what a browser may load."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.utils.translation import to_language

from antigone.instance import Instance
from antigone.upkeep import serving

_WEB = Path(__file__).resolve().parent.parent / "web"

ROOT_URLCONF = "antigone.site.urls"
WSGI_APPLICATION = "antigone.site.wsgi.application"
# One machine serves itself; the settings add the names that antigone.toml says people type.
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "antigone.web.middleware.PageHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "antigone.access.middleware.SessionLimits",
    "antigone.access.middleware.SecondFactorRequired",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "antigone.web.middleware.SentenceErrors",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Ours before those of a library of the same name.
        "DIRS": [_WEB / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "antigone.access.context.practice",
                "antigone.web.context.frame",
            ],
        },
    }
]

FORM_RENDERER = "antigone.web.forms.rendering.PageRenderer"
CSRF_FAILURE_VIEW = "antigone.web.faults.csrf_failure"
X_FRAME_OPTIONS = "DENY"

# Signing in: see docs/decisions/0019-accounts-and-second-factors.md and antigone.access.

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username",)},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "antigone.access.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "change_password": "antigone.access.forms.ChangePassphrase",
    "login": "antigone.access.forms.SignIn",
    "reauthenticate": "antigone.access.forms.PassphraseAgain",
}
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# A session ends with the browser, and at the latest as antigone.access.sign_ins says.
ACCOUNT_SESSION_REMEMBER = False
# Attempts are counted in the database, where all workers see them (antigone.access.attempts), not in a cache.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600

MFA_ADAPTER = "antigone.access.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "activate_totp": "antigone.access.forms.SetUpApp",
    "add_webauthn": "antigone.access.forms.AddKey",
    "authenticate": "antigone.access.forms.SecondFactor",
    "reauthenticate": "antigone.access.forms.SecondFactorAgain",
}
MFA_TOTP_ISSUER = "Antigone"
# A clock that is half a minute off still opens.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True


def _served_over_https() -> bool:
    """What `antigone serve` and [serve] in antigone.toml say; no, where there is no instance yet."""
    here = Instance(Path(os.environ.get("ANTIGONE_INSTANCE", ".")).absolute())
    return bool(os.environ.get(serving.HTTPS)) or serving.of(here.settings() if here.exists() else {}).secure


def _derive(purpose: str) -> bytes:
    """A key for one purpose from the instance key; for rooms below the vault, which cannot ask it."""
    from django.conf import settings

    from antigone.vault import instance_key

    return instance_key.derive(instance_key.load(settings.ANTIGONE), purpose)


ANTIGONE_DERIVE = _derive

_HTTPS = _served_over_https()
# A browser takes a cookie with this prefix from this host alone, over https alone.
_PREFIX = "__Host-" if _HTTPS else ""
SESSION_COOKIE_NAME = f"{_PREFIX}antigone-session"
SESSION_COOKIE_AGE = 24 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _HTTPS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = f"{_PREFIX}antigone-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = _HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = _HTTPS
SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_HSTS_PRELOAD = _HTTPS
SECURE_REFERRER_POLICY = "same-origin"
# Browsers let a security key be used over https, and on localhost, which needs none.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _HTTPS

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True

LANGUAGE_CODE = "en"
# English, and every language that has a compiled catalogue of the pages: docs/translating.md.
_TRANSLATED = [to_language(found.parts[-3]) for found in sorted(_WEB.glob("locale/*/LC_MESSAGES/django.mo"))]
LANGUAGES = [("en", "English")] + [
    (code, LANG_INFO[code]["name_local"]) for code in _TRANSLATED if "name_local" in LANG_INFO.get(code, {})
]
LOCALE_PATHS = [_WEB / "locale"]
FORMAT_MODULE_PATH = "antigone.site.formats"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
