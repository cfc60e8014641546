"""Every address of the open site, one of each route: what a test of all outlets goes through."""

ENTRY, SOP = "KC-001", "a" * 64
OUTLETS = {
    "public-home": "/",
    "public-everywhere": "/cari/?cari=denah",
    "public-guide": "/bantuan/",
    "public-check": "/periksa/",
    "public-list": "/kota-contoh/",
    "public-entry": f"/kota-contoh/informasi/{ENTRY}/",
    "public-openings": "/kota-contoh/pembukaan/",
    "public-editions": "/kota-contoh/edisi/",
    "public-comparison": "/kota-contoh/edisi/banding/?dari=1&sampai=2",
    "public-comparison-of": "/kota-contoh/edisi/banding/1-2/",
    "public-comparison-page": "/kota-contoh/edisi/banding/1-2/7/",
    "public-earlier": "/kota-contoh/edisi/sebelum/2/",
    "public-edition": "/kota-contoh/edisi/1/",
    "public-part": "/kota-contoh/edisi/1/berubah/",
    "public-part-page": "/kota-contoh/edisi/1/baru/7/",
    "public-statistics": "/kota-contoh/statistik/",
    "public-data": "/kota-contoh/data/",
    "public-sops": "/kota-contoh/sop/",
    "public-sop": f"/kota-contoh/sop/{SOP}/",
    "public-log": "/kota-contoh/log/",
    "public-api": "/api/",
    "public-openapi": "/api/v1/openapi.json",
    "public-robots": "/robots.txt",
    "public-sitemaps": "/sitemap.xml",
    "public-catalog": "/katalog.jsonld",
    "public-download": "/kota-contoh/unduh.csv",
    "public-xlsx": "/kota-contoh/unduh.xlsx",
    "public-json": "/kota-contoh/unduh.json",
    "public-calendar": "/kota-contoh/terbuka.ics",
    "public-atom": "/kota-contoh/atom.xml",
    "public-dataset": "/kota-contoh/dataset.jsonld",
    "public-sitemap": "/kota-contoh/sitemap.xml",
    "public-sitemap-part": "/kota-contoh/sitemap-0.xml",
    "public-checkpoint": "/kota-contoh/log/checkpoint",
    "public-vkey": "/kota-contoh/log/vkey",
    "public-sheet": f"/kota-contoh/sop/{SOP}/1.svg",
}
OF_THE_LOG = {
    *("public-tile", "public-edition-proof", "public-edition-document"),
    *("public-edition-checkpoint", "public-entry-proof", "public-growth", "public-verifier"),
    *("public-paper", "public-paper-short", "public-paper-proof", "public-list-page"),
}
"""Routes that answer only where a true log, a paper or a long list was handed over: asked by
test_public_log.py, test_public_papers.py and test_public_list.py."""
API = "/api/v1/bodies"
MORE = (
    f"{API}/kota-contoh",
    f"{API}/kota-contoh/entries",
    f"{API}/kota-contoh/entries/{ENTRY}",
    f"{API}/kota-contoh/editions",
    f"{API}/kota-contoh/editions/1",
    f"{API}/kota-contoh/changes",
    f"{API}/kota-contoh/checkpoint",
    "/kota-contoh/?cari=denah",
    "/kota-contoh/?pada=2026-04-01",
    "/kota-contoh/edisi/1/?bagian=terbuka",
    "/en/kota-contoh/",
)
WITHOUT_EDITION = ("public-home", "public-everywhere", "public-guide", "public-catalog")
WITHOUT_EDITION += ("public-check",)
WITHOUT_EDITION += ("public-robots", "public-sitemaps", "public-api", "public-openapi")
PER_EDITION = [at for name, at in OUTLETS.items() if name not in WITHOUT_EDITION] + list(MORE)
EVERYWHERE = [*OUTLETS.values(), *MORE, API]
