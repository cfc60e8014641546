"""Indonesian word families of the field, one a line: whoever asks for one word finds all."""

FAMILIES = """
dikecualikan pengecualian mengecualikan kecuali terkecuali dikecualikannya
permohonan pemohon memohon dimohon mohon
keberatan berkeberatan
keterbukaan terbuka membuka dibuka pembukaan buka
penutupan tertutup menutup ditutup tutup
penetapan menetapkan ditetapkan ketetapan tetap
pengujian menguji diuji uji
penyelidikan menyelidiki diselidiki penyelidik
penyidikan menyidik disidik penyidik
penegakan menegakkan ditegakkan penegak
pelaporan laporan melaporkan pelapor dilaporkan
pengaduan mengadu diadukan aduan
pengadaan mengadakan diadakan
kepegawaian pegawai
kesehatan sehat
perawatan merawat dirawat rawat
keuangan uang
perpajakan pajak
perizinan izin diizinkan mengizinkan
pengawasan mengawasi diawasi pengawas
pemeriksaan memeriksa diperiksa pemeriksa
pengelolaan mengelola dikelola pengelola
persandian sandi penyandian
kerahasiaan rahasia merahasiakan dirahasiakan
penyimpanan menyimpan disimpan simpanan
perencanaan rencana merencanakan direncanakan
penilaian menilai dinilai nilai
penyediaan menyediakan penyedia tersedia
perlindungan melindungi dilindungi pelindung
pertanahan tanah
pendokumentasian mendokumentasikan dokumentasi dokumen
pengklasifikasian klasifikasi diklasifikasikan
pengarsipan arsip kearsipan diarsipkan
pemusnahan memusnahkan dimusnahkan
pengamanan keamanan mengamankan aman
pertimbangan mempertimbangkan dipertimbangkan
persetujuan menyetujui disetujui
pelayanan melayani layanan
penyelesaian menyelesaikan diselesaikan selesai
pengumuman mengumumkan diumumkan
""".strip().splitlines()
