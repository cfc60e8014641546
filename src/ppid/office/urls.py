"""Addresses of the officers' pages. Every route has a declared audience (AUDIENCES)."""

from django.urls import path

from ppid.office.views import (
    calendar,
    cases,
    docket,
    inbox,
    items,
    papers,
    people,
    reclassifications,
    register,
    repairs,
    sops,
)

urlpatterns = [
    path("", inbox.show_inbox, name="inbox"),
    path("berkas/", inbox.show_cases, name="cases"),
    path("berkas/baru/<uuid:sop>/", inbox.new_case, name="case_new"),
    path("berkas/<uuid:case>/", cases.show_case, name="case"),
    path("berkas/<uuid:case>/langkah/<int:step>/", cases.complete_step, name="step"),
    path("berkas/<uuid:case>/langkah/<int:step>/tolak/", cases.decline, name="decline"),
    path("berkas/<uuid:case>/langkah/<int:step>/waktu/", cases.extend, name="extend"),
    path("berkas/<uuid:case>/pimpinan/", cases.head_approval, name="head_approval"),
    path("berkas/<uuid:case>/penetapan/", cases.letter, name="letter"),
    path("berkas/<uuid:case>/perangkat-daerah/", inbox.choose_agencies, name="agencies"),
    path("berkas/<uuid:case>/informasi/", items.new_item, name="item_new"),
    path("informasi/<uuid:item>/", items.show_item, name="item"),
    path("informasi/<uuid:item>/ubah/", items.change, name="item_change"),
    path("informasi/<uuid:item>/uji/", items.edit_sheet, name="sheet"),
    path("informasi/<uuid:item>/arsip/", items.edit_archive, name="archive"),
    path(
        "informasi/<uuid:item>/klasifikasi/",
        reclassifications.change_classification,
        name="reclassify",
    ),
    path("informasi/<uuid:item>/buka/", items.open_item, name="item_open"),
    path("lembar-uji/<uuid:test>.pdf", papers.consequence_test, name="paper_test"),
    path(
        "lembar-uji/<uuid:test>/salinan.pdf",
        papers.consequence_test,
        {"public": True},
        name="paper_test_public",
    ),
    path("penetapan/<uuid:letter_id>.pdf", papers.determination, name="paper_letter"),
    path(
        "penetapan/<uuid:letter_id>/salinan.pdf",
        papers.determination,
        {"public": True},
        name="paper_letter_public",
    ),
    path("register/daftar.pdf", papers.exempt_list, name="paper_list"),
    path("register/daftar-umum.pdf", papers.edition, name="paper_edition"),
    path("jatuh-tempo/terbuka.pdf", papers.requestable, name="paper_requestable"),
    path("jatuh-tempo/terbuka/<str:day>.pdf", papers.opening, name="paper_opening"),
    path("register/", register.show_register, name="register"),
    path("jatuh-tempo/", docket.show_docket, name="docket"),
    path("jatuh-tempo/berkas/<uuid:sop>/", docket.open_case, name="docket_case"),
    path("jatuh-tempo/terbuka/", docket.show_opened, name="opened_list"),
    path("kalender/", calendar.show_calendar, name="calendar"),
    path("kalender/<int:year>/", calendar.show_calendar, name="calendar_year"),
    path("kalender/<int:year>/keputusan/", calendar.new_decree, name="decree_new"),
    path("kalender/<int:year>/daerah/", calendar.new_regional_decree, name="regional_new"),
    path("kalender/keputusan/<uuid:decree>/", calendar.correct_decree, name="decree_correct"),
    path("kalender/pekan/", calendar.change_week, name="week"),
    path("kalender/pekan/unit/", calendar.choose_unit, name="week_units"),
    path("kalender/pekan/<uuid:agency>/", calendar.change_week, name="week_unit"),
    path("kalender/perubahan/<uuid:change>/", calendar.show_change, name="calendar_change"),
    path("meja-perbaikan/", repairs.show_desk, name="desk"),
    path("meja-perbaikan/laporan/", repairs.show_report, name="desk_report"),
    path("meja-perbaikan/<uuid:entry>/", repairs.show_entry, name="entry"),
    path(
        "meja-perbaikan/<uuid:entry>/cacat/<int:number>/", repairs.repair_step, name="entry_defect"
    ),
    path("meja-perbaikan/<uuid:entry>/ambil/", repairs.take_up, name="entry_take_up"),
    path("meja-perbaikan/<uuid:entry>/buka/", repairs.open_old_entry, name="entry_open"),
    path("meja-perbaikan/<uuid:entry>/sisihkan/", repairs.set_aside, name="entry_aside"),
    path("orang/", people.show_people, name="people"),
    path("orang/baru/", people.new_person, name="person_new"),
    path("orang/<uuid:person>/penugasan/", people.new_appointment, name="appointment_new"),
    path("penugasan/<uuid:appointment>/akhiri/", people.end, name="appointment_end"),
    path("sop/", sops.show_sops, name="sops"),
    path("sop/adopsi/", sops.adopt, name="sop_adopt"),
    path("sop/<uuid:sop>/", sops.show_sop, name="sop"),
]

SIGNED_IN = "pejabat yang masuk"
AUDIENCES = {route.name: SIGNED_IN for route in urlpatterns}
"""Who may ask for a route at all; what they then may see or do, the queries and actions decide."""
