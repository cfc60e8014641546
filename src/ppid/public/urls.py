"""The addresses of the open site; they are stable, others link to them.

PAGES are there twice, in Indonesian and under /en/ in English; DATA has one address each.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path, re_path

from ppid.public import api_guide, log_views, outlets, overviews, paper_pages, sop_pages, views
from ppid.public.api import api

handler404 = "ppid.public.views.page_not_found"
handler500 = "ppid.public.views.server_error"

SOP = "<slug:slug>/sop/<str:content_hash>/"
DATA = [
    path("api/v1/openapi.json", api_guide.document, name="public-openapi"),
    path("robots.txt", outlets.robots, name="public-robots"),
    path("sitemap.xml", outlets.sitemaps, name="public-sitemaps"),
    path("katalog.jsonld", outlets.catalog_page, name="public-catalog"),
    path("<slug:slug>/unduh.csv", outlets.download, name="public-download"),
    path("<slug:slug>/unduh.xlsx", outlets.xlsx, name="public-xlsx"),
    path("<slug:slug>/unduh.json", outlets.as_json, name="public-json"),
    path("<slug:slug>/terbuka.ics", outlets.calendar, name="public-calendar"),
    path("<slug:slug>/atom.xml", outlets.atom, name="public-atom"),
    path("<slug:slug>/dataset.jsonld", outlets.dataset_page, name="public-dataset"),
    path("<slug:slug>/sitemap.xml", outlets.sitemap_part, name="public-sitemap"),
    path("<slug:slug>/sitemap-<int:part>.xml", outlets.sitemap_part, name="public-sitemap-part"),
    path("<slug:slug>/log/checkpoint", log_views.checkpoint, name="public-checkpoint"),
    path("<slug:slug>/log/vkey", log_views.vkey, name="public-vkey"),
    path("<slug:slug>/log/tile/<path:path>", log_views.tile, name="public-tile"),
    path(
        "<slug:slug>/log/edisi/<int:number>.tlog-proof",
        log_views.proof_of_edition,
        name="public-edition-proof",
    ),
    path(
        "<slug:slug>/log/edisi/<int:number>.json",
        log_views.document_of_edition,
        name="public-edition-document",
    ),
    path(
        "<slug:slug>/log/edisi/<int:number>.checkpoint",
        log_views.checkpoint_of_edition,
        name="public-edition-checkpoint",
    ),
    path(
        "<slug:slug>/log/informasi/<str:public_id>.tlog-proof",
        log_views.proof_of_entry,
        name="public-entry-proof",
    ),
    path(
        "<slug:slug>/log/kelanjutan/<int:old>-<int:new>.txt", log_views.growth, name="public-growth"
    ),
    re_path(r"^p/(?P<code>[^/]+)/?$", paper_pages.short_address, name="public-paper-short"),
    path("periksa/<str:code>/bukti.tlog-proof", paper_pages.proof, name="public-paper-proof"),
    path("bantuan/pemeriksa-bukti.html", log_views.verifier, name="public-verifier"),
    path(
        "<slug:slug>/sop/<str:content_hash>/<int:page>.svg",
        sop_pages.sop_sheet,
        name="public-sheet",
    ),
]
PAGES = [
    path("", overviews.home, name="public-home"),
    path("cari/", overviews.everywhere, name="public-everywhere"),
    path("bantuan/", overviews.rights, name="public-guide"),
    path("api/", api_guide.guide, name="public-api"),
    path("periksa/", paper_pages.ask, name="public-check"),
    path("periksa/<str:code>/", paper_pages.paper_page, name="public-paper"),
    path("<slug:slug>/", views.entry_list, name="public-list"),
    path("<slug:slug>/halaman/<int:number>/", views.numbered_list, name="public-list-page"),
    path("<slug:slug>/informasi/<str:public_id>/", views.entry_page, name="public-entry"),
    path("<slug:slug>/pembukaan/", overviews.openings_page, name="public-openings"),
    path("<slug:slug>/edisi/", views.edition_list, name="public-editions"),
    path("<slug:slug>/edisi/banding/", views.comparison_page, name="public-comparison"),
    path(
        "<slug:slug>/edisi/banding/<int:older>-<int:newer>/",
        views.comparison_page,
        name="public-comparison-of",
    ),
    path(
        "<slug:slug>/edisi/banding/<int:older>-<int:newer>/<int:after>/",
        views.comparison_page,
        name="public-comparison-page",
    ),
    path("<slug:slug>/edisi/sebelum/<int:before>/", views.edition_list, name="public-earlier"),
    path("<slug:slug>/edisi/<int:number>/", views.edition_page, name="public-edition"),
    path("<slug:slug>/edisi/<int:number>/<str:part>/", views.edition_page, name="public-part"),
    path(
        "<slug:slug>/edisi/<int:number>/<str:part>/<int:after>/",
        views.edition_page,
        name="public-part-page",
    ),
    path("<slug:slug>/data/", outlets.data_page, name="public-data"),
    path("<slug:slug>/statistik/", overviews.statistics_page, name="public-statistics"),
    path("<slug:slug>/sop/", sop_pages.sop_list, name="public-sops"),
    path(SOP, sop_pages.sop_page, name="public-sop"),
    path("<slug:slug>/log/", views.log_page, name="public-log"),
]
urlpatterns = [
    *DATA,
    path("api/v1/", api.urls),
    *i18n_patterns(*PAGES, prefix_default_language=False),
]
