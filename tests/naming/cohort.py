"""Invented names: one person as three papers spell them, and ten thousand others to be told from."""

from __future__ import annotations

import random

# A Ukrainian paper, a Russian one, and a passport or a foreign one. No such persons are meant.
TRIPLES = (
    ("Олександр Ющенко", "Александр Ющенко", "Aleksandr Iushchenko"),
    ("Євген Щербак", "Евгений Щербак", "Evgenii Shcherbak"),
    ("Микола Їжакевич", "Николай Ижакевич", "Mykola Yizhakevych"),
    ("Володимир Гриценяк", "Владимир Гриценяк", "Vladimir Gritsenyak"),
    ("Сергій Жадько", "Сергей Жадько", "Serguei Jadko"),
    ("Дмитро Хмарук", "Дмитрий Хмарук", "Dmytro Khmaruk"),
    ("Ганна Цвітна", "Анна Цветная", "Hanna Tsvitna"),
    ("Олена Яцишина", "Елена Яцишина", "Olena Yatsyshyna"),
    ("Катерина Чайковська", "Екатерина Чайковская", "Kateryna Chaikovska"),
    ("Наталія Білик", "Наталья Белик", "Natalia Bilyk"),
    ("Тетяна Зінькевич", "Татьяна Зинькевич", "Tatiana Zinkevich"),
    ("Михайло Юзьків", "Михаил Юзькив", "Michail Juzkiw"),
    ("Григорій Пшеничний", "Григорий Пшеничный", "Hryhorii Pshenychnyi"),
    ("Юрій Лящук", "Юрий Лящук", "Yury Lyashchuk"),
    ("Андрій Єфремюк", "Андрей Ефремюк", "Andrii Yefremiuk"),
    ("Віктор Ґудзь", "Виктор Гудзь", "Viktor Gudz"),
    ("Іван Голубничий", "Иван Голубничий", "Ivan Holubnychyi"),
    ("Петро Вовчанський", "Пётр Волчанский", "Petro Vovchanskyi"),
    ("Павло Ярмиш", "Павел Ярмыш", "Pavel Iarmysh"),
    ("Олексій Соловйов", "Алексей Соловьёв", "Alexey Solovyov"),
    ("Василь Дзюба", "Василий Дзюба", "Wasyl Dziuba"),
    ("Оксана Журбій", "Оксана Журбий", "Oxana Zhurbiy"),
    ("Ірина Щеглова", "Ирина Щеглова", "Iryna Shchehlova"),
    ("Світлана Крижанівська", "Светлана Крыжановская", "Svitlana Kryzhanivska"),
    ("Людмила Хоменець", "Людмила Хоменец", "Ludmila Homenets"),
    ("Валерій Стець", "Валерий Стец", "Valeriy Stets"),
    ("Анатолій Цехмістер", "Анатолий Цехмистер", "Anatoly Tsekhmister"),
    ("Ярослав Ґвоздик", "Ярослав Гвоздик", "Jaroslav Hvozdyk"),
    ("Богдан Хіль", "Богдан Хиль", "Bogdan Khil"),
    ("Тарас Пущак", "Тарас Пущак", "Taras Puszczak"),
    ("Федір Мазепинець", "Фёдор Мазепинец", "Fedir Mazepynets"),
    ("Степан Жовтоніг", "Степан Жовтониг", "Stepan Zhovtonih"),
    ("Олег Юхновець", "Олег Юхновец", "Oleh Yukhnovets"),
    ("Ігор Вергелес", "Игорь Вергелес", "Igor Vergueles"),
    ("Артем Щирба", "Артём Щирба", "Artyom Shchirba"),
    ("Вячеслав Глущак", "Вячеслав Глущак", "Viacheslav Hlushchak"),
    ("Геннадій Чепурний", "Геннадий Чепурной", "Gennady Chepurnoy"),
    ("Данило Шелест", "Даниил Шелест", "Danylo Szelest"),
    ("Костянтин Ящук", "Константин Ящук", "Konstantin Iashchuk"),
    ("Максим Бучинський", "Максим Бучинский", "Maxim Buchynsky"),
    ("Микита Жураківський", "Никита Жураковский", "Nikita Zhurakivskyi"),
    ("Роман Качмарський", "Роман Качмарский", "Roman Kaczmarski"),
    ("Євгенія Ковтюх", "Евгения Ковтюх", "Yevheniia Kovtiukh"),
    ("Єлизавета Згурська", "Елизавета Згурская", "Yelyzaveta Zghurska"),
    ("Марія Ціпкало", "Мария Ципкало", "Maria Cypkalo"),
    ("Юлія Сьомкіна", "Юлия Сёмкина", "Iuliia Semkina"),
    ("Надія Піщанська", "Надежда Песчанская", "Nadiia Pishchanska"),
    ("Софія Хвиля", "София Хвыля", "Sofiia Khvylia"),
    ("Олександр Іванович Жмурко", "Александр Иванович Жмурко", "Zhmurko Oleksandr"),
    ("Сергій Миколайович Чуйко", "Чуйко Сергей Николаевич", "Chuyko Sergey Nikolaevich"),
    ("محمد عبد الله", "Мохаммед Абдулла", "Mohamed Abd Allah"),
    ("أحمد حسين الأسد", "Ахмед Хусейн аль-Асад", "Ahmed Hussein al-Assad"),
    ("خالد مروان حداد", "Халед Марван Хаддад", "Khaled Marwan Haddad"),
    ("يوسف إبراهيم", "Юсеф Ибрагим", "Youssef Ibrahim"),
    ("فاطمة الزهراء", "Фатима Аз-Захра", "Fatma Al-Zahra"),
    ("عمر عبد الرحمن", "Умар Абдуррахман", "Omar Abdelrahman"),
    ("محمود درويش", "Махмуд Дарвиш", "Mahmoud Darwish"),
    ("طارق سليمان", "Тарик Сулейман", "Tarek Soliman"),
    ("ليلى منصور", "Лейла Мансур", "Layla Mansour"),
    ("علي بن حسن", "Али ибн Хасан", "Aly Ben Hassan"),
)

_ROOTS = (
    "Бонд", "Вакул", "Гаврил", "Гонч", "Дани", "Дорош", "Завгор", "Іващ", "Карп", "Кириль", "Клим", "Коваль", "Козач",
    "Кравч", "Кухар", "Левч", "Лис", "Лук'я", "Макси", "Марч", "Мельнич", "Мисни", "Назар", "Олій", "Онищ", "Остап",
    "Павл", "Паламар", "Панас", "Пархом", "Петр", "Пилип", "Полі", "Прокоп", "Радч", "Рибал", "Романч", "Руд", "Савч",
    "Семен", "Сидор", "Скляр", "Соболь", "Стец", "Тимош", "Ткач", "Федор", "Філіп", "Харч", "Хом", "Цимбал", "Черн",
    "Шевч", "Шульг", "Юрч", "Яким", "Якуб", "Ярош", "Щербин", "Жук", "Зубр", "Горб", "Грицай", "Дяч",
)  # fmt: skip
_ENDS = ("енко", "ук", "ський", "овець", "ів", "ишин", "як", "ик", "ко", "ич", "евич", "иненко")
_GIVEN = (
    ("Олександр", "Александр"), ("Андрій", "Андрей"), ("Микола", "Николай"), ("Володимир", "Владимир"),
    ("Сергій", "Сергей"), ("Дмитро", "Дмитрий"), ("Євген", "Евгений"), ("Михайло", "Михаил"), ("Юрій", "Юрий"),
    ("Іван", "Иван"), ("Петро", "Пётр"), ("Василь", "Василий"), ("Віктор", "Виктор"), ("Ганна", "Анна"),
    ("Олена", "Елена"), ("Катерина", "Екатерина"), ("Наталія", "Наталья"), ("Ірина", "Ирина"), ("Марія", "Мария"),
    ("Ольга", "Ольга"), ("Тарас", "Тарас"), ("Богдан", "Богдан"), ("Ігор", "Игорь"), ("Олег", "Олег"),
)  # fmt: skip
_ARABIC = (
    ("محمد", "أحمد", "علي", "حسن", "خالد", "يوسف", "محمود", "عمر", "إبراهيم", "طارق", "سعيد", "كريم", "جمال", "وليد"),
    (
        "منصور",
        "حداد",
        "خوري",
        "نجار",
        "صباغ",
        "عطار",
        "بيطار",
        "حلبي",
        "شامي",
        "مصري",
        "عراقي",
        "زيدان",
        "غانم",
        "سالم",
    ),
)
_TO_RUSSIAN = str.maketrans("іїєґ", "иией") | {ord("'"): "ь"}


def others(number: int, seed: int = 1) -> list[str]:
    """Names of other persons, in Ukrainian, in Russian, in Latin letters and some in Arabic."""
    from antigone.naming import romanised

    draw, found = random.Random(seed), []
    while len(found) < number:
        if draw.random() < 0.1:
            found.append(" ".join([draw.choice(_ARABIC[0]), draw.choice(_ARABIC[0]), draw.choice(_ARABIC[1])]))
            continue
        given, surname = draw.choice(_GIVEN), draw.choice(_ROOTS) + draw.choice(_ENDS)
        ukrainian, russian = f"{given[0]} {surname}", f"{given[1]} {surname.translate(_TO_RUSSIAN).replace('ьк', 'к')}"
        found.append(draw.choice((ukrainian, ukrainian, russian, romanised(ukrainian), romanised(russian))))
    return found
