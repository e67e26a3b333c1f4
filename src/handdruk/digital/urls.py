"""The help centre's addresses, below the language."""

from django.urls import path

from handdruk.digital import views

app_name = "help"
urlpatterns = [
    path("", views.home, name="home"),
    path("phase/<slug:key>/", views.phase, name="phase"),
    path("help/<slug:slug>/", views.article, name="article"),
    path("search/", views.search_page, name="search"),
    path("chat/", views.chat, name="chat"),
]
