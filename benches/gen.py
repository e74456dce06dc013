#!/usr/bin/env python3
"""Makes a registry of municipal twinnings of any size, in the form of data/ (canonical order, LF).

  gen.py --size finland|planet|world|x10|x100 [--seed 1] [--defects N] OUTDIR
  gen.py -M 5000 -P 20000 OUTDIR            any other size

planet (30,000 municipalities, 50,000 partnerships) is about the size of all known twinnings on earth.
Writes countries, municipalities, partnerships, events, sources .csv, datapackage.json and meta.json (a small city, the largest
hub, row counts). Standard library only; the same bytes for the same arguments.
--defects N plants N dangling ids, N duplicate pairs (half of them reversed) and N self pairs.
"""
import argparse, bisect, itertools, json, os, random, sys, unicodedata

SIZES = {  # municipalities, partnerships, cap on the largest hub's expected degree
    "finland": (1_200, 1_000, 60), "planet": (30_000, 50_000, 125), "world": (40_000, 100_000, 450),
    "x10": (200_000, 1_000_000, 900), "x100": (1_000_000, 10_000_000, 2_500)}
BIG = ["DE","FR","US","JP","CN","GB","IT","PL","ES","SE","RU","NL","BE","AT","CZ","HU","FI","NO","DK","UA","RO","BG",
 "EE","LV","LT","CA","AU","BR","MX","TR","IL","IN","KR","PT","GR","CH","SK","SI","HR","RS","BA","IE","NZ","ZA","AR",
 "CL","PE","CO","BY","MD"]
REST = ("AD AE AF AG AL AM AO AZ BB BD BF BH BI BJ BN BO BS BT BW BZ CD CF CG CI CM CR CU CV CY DJ DM DO DZ EC EG ER ET "
 "FJ FM FO GA GD GE GH GL GM GN GQ GT GW GY HK HN HT ID IQ IR IS JM JO KE KG KH KI KM KN KP KW KZ LA LB LC LI LK LR "
 "LS LU LY MA MC ME MG MH MK ML MM MN MO MR MT MU MV MW MY MZ NA NE NG NI NP NR OM PA PG PH PK PR PS PW PY QA RW SA "
 "SB SC SD SG SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TT TV TW TZ UG UY UZ VA VC VE VN VU WS YE ZM ZW").split()
CC = BIG + REST
SYL = {
 "fi": "kuo pio hel sin ki tam pe re jy väs ky lä rau ma por voo sa von lin na ii sal mi jo en suu lah ti ou lu ke mi tor ni o va saa nä rö ää äh tä ri".split(),
 "sv": "gö te borg små land ås hög vik köp ing sund häl sin bor g ö re bro ny växjö lund åre mal mö sten ham n".split(),
 "de": "frei burg mün chen ober würz stadt heim hau sen bad gör litz köl ner tü bin gen wald grün au drös".split(),
 "fr": "saint mar seille châ teau ville neuve bé ziers be san çon an gou lême or lé ans no gent la roche évry".split(),
 "pl": "kra ków łódź wro cław gdań sk po znań rze szów bia ły stok ży wiec często cho wa ło wicz".split(),
 "ru": "Пет ро за водск Нов го род Мур манск Выб орг Ярос лавль Тве рь Ко ст ро ма Смо лен ск Пск ов".split(),
 "jp": "東 京 大 阪 北 海 広 島 長 崎 山 形 福 岡 松 本 高 田 石 川".split(),
 "es": "san ta cór do ba má la ga se vi lla león lo gro ño cá diz al ba ce te a li can te ñu ble".split(),
 "en": "spring field river ton lake wood new port hamp shire ford chester bridge hill green well by ham".split()}
SCRIPT = {"FI":"fi","EE":"fi","SE":"sv","NO":"sv","DK":"sv","DE":"de","AT":"de","CH":"de","NL":"de","FR":"fr","BE":"fr",
 "PL":"pl","CZ":"pl","SK":"pl","RU":"ru","UA":"ru","BY":"ru","BG":"ru","JP":"jp","CN":"jp","KR":"jp","TW":"jp","ES":"es",
 "MX":"es","AR":"es","CL":"es","PE":"es","CO":"es","BR":"es","PT":"es","IT":"es"}
CYR = dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюя", "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya".replace("_","").split(" ")))
HAN = dict(zip("東京大阪北海広島長崎山形福岡松本高田石川", "to kyo o saka hok kai hiro shima naga saki yama gata fuku oka matsu moto taka da ishi kawa".split()))
FI_REAL = [("fi-helsinki","Helsinki","Helsingfors","Uusimaa"),("fi-kuopio","Kuopio","","Pohjois-Savo"),
 ("fi-turku","Turku","Åbo","Varsinais-Suomi"),("fi-jyvaskyla","Jyväskylä","","Keski-Suomi"),
 ("fi-porvoo","Porvoo","Borgå","Uusimaa"),("fi-hameenlinna","Hämeenlinna","Tavastehus","Kanta-Häme"),
 ("fi-lappeenranta","Lappeenranta","Villmanstrand","Etelä-Karjala"),("fi-oulu","Oulu","Uleåborg","Pohjois-Pohjanmaa")]
KINDS = ["twin"]*75 + ["friendship"]*12 + ["partner"]*10 + ["contact"]*3
REASONS = ["invasion of Ukraine","council decision","no activity","municipal merger","budget cuts"]
NOTES = ["", "", "", "", "", "", "", "renewed in council", "school exchange, choir visits", 'signed as "ystävyyskaupunki"',
 "Nordic twin-town chain, est. after the war", "youth ice-hockey exchange; every second year", "Perustettu Pohjola-Nordenin aloitteesta"]

def slug(s):
    out = []
    for ch in unicodedata.normalize("NFKD", s.lower().replace("ł","l").replace("ø","o")):
        if "a" <= ch <= "z" or "0" <= ch <= "9": out.append(ch)
        elif ch in CYR: out.append(CYR[ch])
        elif ch in HAN: out.append(HAN[ch])
        elif ch in " -": out.append("-")
    return "".join(out) or "x"

def q(s):  # minimal RFC 4180 quoting
    return '"' + s.replace('"', '""') + '"' if ("," in s or '"' in s) else s

MH = ["id","name","country","type","region","part_of","code","name_fi","name_sv","name_en","aliases","lat","lon","wikidata",
      "website","email","phone","policy","dissolved","sources","note"]
PH = ["a","b","kind","status","start","end","term","themes","sources","verified_on","note"]
EH = ["a","b","date","event","by","body","reference","review_on","reason","sources"]
SH = ["id","title","publisher","rank","url","published","retrieved","licence"]
SOURCES = [("municipality-page","Sister cities page","the municipality","official","https://example.org/","2024","2026-01-02",""),
           ("wikidata-p190","P190 statements","Wikidata","encyclopedia","https://www.wikidata.org/","2025","2026-01-02","CC0-1.0")]
PART_OF = {"AX": "FI", "FO": "DK", "GL": "DK", "HK": "CN", "MO": "CN"}

def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--size", choices=SIZES); ap.add_argument("-M", type=int); ap.add_argument("-P", type=int)
    ap.add_argument("--hub", type=int); ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--defects", type=int, default=0)
    ap.add_argument("out")
    A = ap.parse_args()
    M, P, cap = SIZES[A.size] if A.size else (A.M, A.P, max(20, A.P // 300))
    M, P, cap = A.M or M, A.P or P, A.hub or cap
    fin = A.size == "finland"
    R = random.Random(A.seed); os.makedirs(A.out, exist_ok=True)

    # countries
    cn = {c: ("".join(R.choice(SYL["en"]) for _ in range(2))).capitalize() + "ia" for c in CC}
    cn.update(FI="Finland", RU="Russia", SE="Sweden", EE="Estonia", DE="Germany", FR="France", NO="Norway", DK="Denmark")
    CONT = ["Africa", "Asia", "Europe", "North America", "Oceania", "South America"]
    countries = [(c, cn[c], {"FI":"Suomi","RU":"Venäjä","SE":"Ruotsi","EE":"Viro"}.get(c, cn[c]), {"SE":"Sverige","RU":"Ryssland"}.get(c, cn[c])) for c in CC]
    with open(f"{A.out}/countries.csv", "w", encoding="utf-8", newline="") as f:
        f.write("code,name,name_fi,name_sv,continent,part_of\n")
        f.writelines(",".join(map(q, (*r, CONT[sum(map(ord, r[0])) % 6], PART_OF.get(r[0], "")))) + "\n" for r in sorted(countries + [("AX", "Åland", "Ahvenanmaa", "Åland")]))

    # municipalities: country by a Zipf-like share; weight by a Pareto tail
    cw = [1.0 / (i + 4) ** 1.1 for i in range(len(CC))]
    ccum = list(itertools.accumulate(cw))
    ids, names, mc, munis, seen = [], [], [], [], set()
    for i in range(M):
        if i < len(FI_REAL):
            sid, name, sv, reg = FI_REAL[i]; c = "FI"; fi = name
        elif i == len(FI_REAL):
            sid, name, sv, reg, c, fi = "ru-sankt-peterburg", "Санкт-Петербург", "Sankt Petersburg", "Leningrad", "RU", "Pietari"
        else:
            c = "FI" if fin and i < 309 else CC[bisect.bisect(ccum, R.random() * ccum[-1])]
            sy = SYL[SCRIPT.get(c, "en")]; k = R.choice((2, 2, 3, 3, 4))
            name = "".join(R.choice(sy) for _ in range(k)).capitalize()
            if c == "FR" and R.random() < .2: name = "Saint-" + name
            if c in ("US","GB","CA") and R.random() < .15: name = name + ", " + R.choice(["Maine","Kent","Ontario"])
            sid = c.lower() + "-" + slug(name)
            fi = name if R.random() < .05 else ""; sv = name if R.random() < .05 else ""
            reg = f"{R.choice(SYL[SCRIPT.get(c,'en')]).capitalize()}{R.choice(['maa','land','shire',' region',''])}"
        if sid in seen:
            n = 2
            while f"{sid}-{n}" in seen:   # many collisions at the big sizes: jump by a random step
                n += R.randrange(1, 1 + n)
            sid = f"{sid}-{n}"
        seen.add(sid)
        ids.append(sid); names.append(name); mc.append(c)
        munis.append((sid, name, c, "municipality", reg, "", "", fi, sv, "", "", f"{R.uniform(-55,70):.4f}", f"{R.uniform(-180,180):.4f}",
                      f"Q{1000 + 7 * i}", "", "", "", "", "", "", ""))
    with open(f"{A.out}/municipalities.csv", "w", encoding="utf-8", newline="") as f:
        f.write(",".join(MH) + "\n")
        order = sorted(range(M), key=lambda i: ids[i])
        f.writelines(",".join(map(q, munis[i])) + "\n" for i in order)

    # weights: Pareto(1.4), capped so that the top hub expects `cap` partners
    w = [R.paretovariate(1.4) for _ in range(M)]
    lim = cap * sum(w) / (2 * P)
    w = [min(x, lim) for x in w]
    tot = sum(w)
    w[0] = cap * tot / (2 * P) * (1.0 if fin else .5)
    w[1] = 12 * tot / (2 * P)                                    # fi-kuopio: a dozen partners
    w[8] = cap * tot / (2 * P) * (.25 if fin else 1.15)          # ru-sankt-peterburg: the largest hub of the world sizes
    for i in range(M):                                           # Russia: about 5 % of ends
        if mc[i] == "RU" and i != 8: w[i] *= 1.3
    cum = list(itertools.accumulate(w))
    if fin:
        fcum = list(itertools.accumulate(w[:309]))
    pairs, seen = [], set()
    while len(pairs) < P:
        k = min(P - len(pairs) + 100, 200_000)
        xs = R.choices(range(309), cum_weights=fcum, k=k) if fin else R.choices(range(M), cum_weights=cum, k=k)
        ys = R.choices(range(M), cum_weights=cum, k=k)
        for x, y in zip(xs, ys):
            if x == y or (mc[x] == mc[y] and R.random() < .7): continue
            key = x * M + y if x < y else y * M + x
            if key in seen: continue
            seen.add(key); pairs.append((x, y))
            if len(pairs) == P: break
    del seen
    deg = [0] * M
    for x, y in pairs: deg[x] += 1; deg[y] += 1
    nru = 0
    rnd, choice = R.random, R.choice
    rows, events = [], []
    for x, y in pairs:
        key = lambda i: (mc[i] != "FI", ids[i])            # the home side first, else the smaller id
        if key(y) < key(x): x, y = y, x
        u = rnd(); start = f"{1946 + int(75 * rnd())}"
        if rnd() < .3: start += f"-{1 + int(12*rnd()):02d}-{1 + int(28*rnd()):02d}"
        end = ""
        if u < .90: status = "active"
        elif u < .95:
            status = "suspended"
            y0 = max(2000, int(start[:4]) + 1)
            events.append((ids[x], ids[y], f"{y0 + int((2025 - y0) * rnd())}-03-{1+int(28*rnd()):02d}", "suspended", "a", "council", "", "", choice(REASONS), "municipality-page"))
        else:
            y0 = max(1990, int(start[:4]) + 1)
            status = "historic"; end = f"{y0 + int((2025 - y0) * rnd())}"
            events.append((ids[x], ids[y], end, "ended", "both", "council", "", "", choice(REASONS), "municipality-page"))
        if mc[x] == "RU" or mc[y] == "RU": nru += 1
        src = "municipality-page" if rnd() < .6 else "wikidata-p190"
        rows.append((ids[x], ids[y], choice(KINDS), status, start, end, "", "", src, "2025", choice(NOTES)))
    for d in range(A.defects):
        r = rows[R.randrange(P)]
        rows.append((r[0], f"zz-nowhere-{d}", "twin", "active", "1999", "", "", "", "municipality-page", "2025", ""))
        twice = (r[0], r[1]) if d % 2 else (r[1], r[0])
        rows.append((*twice, *r[2:]))
        rows.append((r[0], r[0], "twin", "active", "1999", "", "", "", "municipality-page", "2025", ""))
    def table(name, header, body):
        with open(f"{A.out}/{name}.csv", "w", encoding="utf-8", newline="") as f:
            f.write(",".join(header) + "\n"); f.writelines(",".join(map(q, r)) + "\n" for r in sorted(body))
    table("partnerships", PH, rows); table("events", EH, events); table("sources", SH, SOURCES)
    json.dump({"name": f"generated-{A.size or P}", "twinning": {"format": 1, "home": ["FI", "AX"]},
               "resources": [{"name": n, "path": f"{n}.csv"} for n in ("countries", "municipalities", "partnerships", "events", "sources")]},
              open(f"{A.out}/datapackage.json", "w"), indent=2)
    hub = max(range(M), key=lambda i: deg[i])
    meta = dict(M=M, P=P, seed=A.seed, small="fi-kuopio", small_degree=deg[1], hub=ids[hub], hub_degree=deg[hub],
                ru_rows=nru, over100=sum(d > 100 for d in deg), isolated=sum(d == 0 for d in deg))
    json.dump(meta, open(f"{A.out}/meta.json", "w"), ensure_ascii=False, indent=1); print(A.out, meta)

main()
