"""The addresses under /practice/; none of them opens anything of a case."""

from __future__ import annotations

from django.urls import include, path

from antigone.access.permissions import Permission
from antigone.web.examining.routes import paths
from antigone.web.practice import exercise, record, room, sorting, telling
from antigone.web.practice.work import of_practice

app_name = "practice"
urlpatterns = [
    path("", room.room, name="room"),
    path("begin/", room.begin, name="begin"),
    path("record/", record.record, name="record"),
    path("<uuid:key>/", exercise.exercise, name="exercise"),
    path("<uuid:key>/leave/", exercise.leave, name="leave"),
    path("<uuid:key>/sort/", sorting.block, name="sort"),
    path("<uuid:key>/sort/show/", sorting.show, name="sort-show"),
    path("<uuid:key>/sort/finish/", sorting.finish, name="sort-finish"),
    path("pairs/<uuid:pair>/judge/", sorting.judge, name="judge"),
    path("pairs/<uuid:pair>/photographs/<uuid:picture>/", sorting.photograph, name="sort-photograph"),
    path("pairs/<uuid:pair>/portrait/", sorting.portrait, name="sort-portrait"),
    path("pairs/<uuid:pair>/examine/", exercise.examine, name="examine"),
    path("pairs/<uuid:pair>/show/", telling.show, name="told-show"),
    path("pairs/<uuid:pair>/pictures/<uuid:picture>/", telling.picture, name="told-picture"),
    path("desk/", include(paths(of_practice, Permission.PRACTICE_DO))),
]
