// Writes the reference lists beside this file: names by Unicode CLDR (through Node's Intl), codes by
// Debian's tzdata (ISO 3166-1, IANA) and ISO 4217. Run it by hand when one of them changes:
//   node server/domain/data/generate.mjs
import { readFileSync, writeFileSync } from "node:fs";

const languages = ["en", "es", "fr", "pl"];
const rows = (file) =>
  readFileSync(`/usr/share/zoneinfo/${file}`, "utf8")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"))
    .map((line) => line.split("\t"));

// Legal tender in 2026; without funds, metals, test codes and what has been replaced.
const currencies = `
AED AFN ALL AMD XCG AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD
CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF
GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK
LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD
OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN
SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF
YER ZAR ZMW ZWG
`.trim().split(/\s+/);

// What a store may speak to its customers: ISO 639-1 codes of languages with many speakers online.
const spoken = `
af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja
ka kk km kn ko ky lb lo lt lv mk ml mn mr ms mt my nb ne nl pa pl ps pt ro ru sd si sk sl so sq sr sv
sw ta te th tk tr uk ur uz vi zh zu
`.trim().split(/\s+/);

function names(file, type, codes) {
  const by = languages.map((language) => new Intl.DisplayNames(language, { type, fallback: "none" }));
  const lines = codes.sort().map((code) => {
    const texts = by.map((of) => of.of(code));
    if (texts.includes(undefined)) throw new Error(`${code} has no name`);
    // Spanish, French and Polish write currencies in lower case; in a list they begin a line.
    const capital = (text, i) => text.charAt(0).toLocaleUpperCase(languages[i]) + text.slice(1);
    return [code, ...texts.map(capital)].join("\t");
  });
  write(file, ["code", ...languages].join("\t"), lines);
}

function write(file, header, lines) {
  writeFileSync(new URL(file, import.meta.url), `${[header, ...lines].join("\n")}\n`);
}

names("countries.tsv", "region", rows("iso3166.tab").map(([code]) => code));
names("currencies.tsv", "currency", currencies);
names("languages.tsv", "language", spoken);
const zones = new Set(rows("zone.tab").map(([, , name]) => name));
write("time-zones.txt", "UTC", [...zones].sort());
