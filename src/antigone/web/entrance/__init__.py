"""Signing in and out, invitations, second factors, and one's own sessions."""
