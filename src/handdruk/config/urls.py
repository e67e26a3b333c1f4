"""Which address leads to which room."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.i18n import set_language

from handdruk.channels.email.views import shown_mail
from handdruk.channels.web.api import api
from handdruk.channels.web.views import chat_script, health, stream_elsewhere
from handdruk.digital.views import front_door

urlpatterns = [
    path("", front_door),
    path("health", health),
    path("chat.js", chat_script),
    path("api/chat/conversations/<str:key>/stream", stream_elsewhere),
    path("api/", api.urls),
    path("language/", set_language, name="set_language"),
    path("desk/", include("handdruk.insight.urls")),
    path("desk/", include("handdruk.human.urls")),
    *([path("demo/mail/", shown_mail, name="shown_mail")] if settings.DEMO else []),
    *i18n_patterns(path("", include("handdruk.digital.urls")), prefix_default_language=True),
]
