"""The desk's addresses."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from handdruk.human.views import frame, myself, stuck_work, turns
from handdruk.human.views.login import Login

app_name = "desk"
urlpatterns = [
    path("", frame.desk, name="home"),
    path("login/", Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("queue", frame.queue_part, name="queue"),
    path("conversations/<int:pk>/", frame.conversation, name="conversation"),
    path("conversations/<int:pk>/context", frame.context_part, name="context"),
    path("conversations/<int:pk>/messages", turns.messages, name="messages"),
    path("conversations/<int:pk>/holding", turns.holding, name="holding"),
    path("conversations/<int:pk>/handback", turns.handback, name="handback"),
    path("conversations/<int:pk>/closure", turns.closure, name="closure"),
    path("conversations/<int:pk>/typing", turns.typing, name="typing"),
    path("presence", myself.presence, name="presence"),
    path("language", myself.language, name="language"),
    path("dead-letters/", stuck_work.dead_letters, name="dead_letters"),
    path("dead-letters/<int:pk>/revival", stuck_work.revival, name="revival"),
    path("dead-letters/<int:pk>/burial", stuck_work.burial, name="burial"),
]
