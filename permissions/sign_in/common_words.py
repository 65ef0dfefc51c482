"""What people here choose as passwords, and lists made elsewhere do not know."""

NORWEGIAN = (
    *("passord", "passordet", "hemmelig", "hemmelighet", "velkommen", "brukernavn", "innlogging", "pålogging"),
    *("medvirk", "samspill", "sampro", "kommune", "kommunen", "barnehage", "barnehagen", "skole", "skolen", "lærer"),
    *("sykehus", "helse", "helsesykepleier", "koordinator", "foresatt", "rektor", "assistent", "avdeling", "kontor"),
    *("sommer", "sommeren", "vinter", "vinteren", "høst", "høsten", "vår", "våren", "påske", "julaften", "ferie"),
    *("januar", "februar", "mars", "april", "juni", "juli", "august", "september", "oktober", "november", "desember"),
    *("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag", "måned", "måneder", "måneden"),
    *("fotball", "fotballag", "håndball", "skiskyting", "langrenn", "ishockey", "rosenborg", "brann", "vålerenga"),
    *("lillestrøm", "molde", "liverpool", "chelsea", "arsenal", "manchester", "tottenham", "norge", "noreg", "norsk"),
    *("oslo", "bergen", "trondheim", "stavanger", "tromsø", "kristiansand", "drammen", "ålesund", "bodø", "hamar"),
    *("mamma", "pappa", "bestemor", "bestefar", "familie", "familien", "elsker", "kjæreste", "skatten", "vennskap"),
    *("katten", "hunden", "hesten", "hytta", "fjellet", "sjokolade", "pannekake", "solskinn", "brunost", "kvikklunsj"),
    *("jegelskerdeg", "gratulerer", "velkommen1", "heihei", "halloen", "qwertyuiopå", "asdfghjkløæ", "zxcvbnm"),
    *(str(year) for year in range(2018, 2041)),
)
