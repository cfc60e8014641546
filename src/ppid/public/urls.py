"""The addresses of the open site; they are stable, others link to them."""

from django.urls import path

from ppid.public import views

handler404 = "ppid.public.views.page_not_found"
handler500 = "ppid.public.views.server_error"

urlpatterns = [
    path("", views.home, name="public-home"),
    path("<slug:slug>/", views.entry_list, name="public-list"),
    path("<slug:slug>/unduh.csv", views.download, name="public-download"),
    path("<slug:slug>/informasi/<str:public_id>/", views.entry_page, name="public-entry"),
    path("<slug:slug>/edisi/", views.edition_list, name="public-editions"),
    path("<slug:slug>/edisi/<int:number>/", views.edition_page, name="public-edition"),
    path("<slug:slug>/log/", views.log_page, name="public-log"),
    path("<slug:slug>/log/checkpoint", views.log_checkpoint, name="public-checkpoint"),
    path("<slug:slug>/log/vkey", views.log_vkey, name="public-vkey"),
]
