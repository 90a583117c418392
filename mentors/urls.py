"""Addresses of reviewing and selecting."""

from django.urls import include, path

from mentors import views

app_name = "mentors"

assignments = [
    path("", views.assignments, name="assignments"),
    path("new/", views.assign, name="assign"),
    path("next/", views.next_reviews, name="next_reviews"),
    path("nudge/", views.nudge, name="nudge"),
    path("undo/<slug:code>/", views.undo_assignment, name="undo_assignment"),
    path("<slug:code>/", views.reviewer, name="reviewer"),
    path("<slug:code>/<slug:application>/take-back/", views.take_back, name="take_back"),
    path("<slug:code>/<slug:application>/lift-conflict/", views.lift_conflict, name="lift_conflict"),
]
review = [
    path("", views.review, name="review"),
    path("<slug:code>/", views.desk, name="desk"),
    path("<slug:code>/compare/", views.compare, name="compare"),
    path("<slug:code>/cv/", views.cv, name="cv"),
    path("<slug:code>/files/<slug:file>/", views.file, name="file"),
    path("<slug:code>/discussion/", views.discussion, name="discussion"),
    path("<slug:code>/note/", views.note, name="note"),
    path("<slug:code>/not-scoring/", views.waive, name="waive"),
    path("<slug:code>/score-after-all/", views.take_back_waiver, name="take_back_waiver"),
    path("<slug:code>/concern/", views.doubt, name="doubt"),
    path("<slug:code>/conflict/", views.conflict, name="conflict"),
]
marking = [
    path("", views.marking.markings, name="markings"),
    path("<slug:code>/", views.marking.mark, name="mark"),
    path("<slug:code>/new-answers/", views.marking.new_answers, name="new_answers"),
    path("<slug:code>/take-back/", views.marking.take_back_question, name="take_back_question"),
    path("<slug:code>/<slug:application>/conflict/", views.marking.tie, name="mark_conflict"),
]
selection = [
    path("", views.selection, name="selection"),
    path("run/", views.run, name="run"),
    path("floor/", views.floor, name="floor"),
    path("rules/", views.rules, name="rules"),
    path("rules/fix/", views.fix, name="fix"),
    path("rules/fixed/<slug:code>/end/", views.unfix, name="unfix"),
    path("rules/shared/<slug:code>/end/", views.stop_sharing, name="stop_sharing"),
    path("what-if/", views.what_if, name="what_if"),
    path("what-if/<slug:code>/", views.make_round, name="make_round"),
    path("<slug:code>/", views.made_round, name="round"),
    path("<slug:code>/prepare/", views.prepare, name="prepare"),
    path("<slug:code>/set-aside/", views.set_aside, name="set_aside"),
]
releases = [
    path("", views.releases, name="releases"),
    path("<slug:code>/", views.release, name="release"),
    path("<slug:code>/words/", views.word, name="word"),
    path("<slug:code>/confirm/", views.confirm, name="confirm"),
    path("<slug:code>/stop/", views.stop, name="stop"),
    path("<slug:code>/renew/", views.renew, name="renew"),
    path("<slug:code>/letters/<slug:decision>/", views.decision, name="decision"),
    path("<slug:code>/letters/<slug:decision>/leave-out/", views.leave_out, name="leave_out"),
]
offers = [
    path("", views.offers, name="offers"),
    path("new/", views.make_offer, name="make_offer"),
    path("reserve/", views.reserve, name="reserve"),
    path("reserve/call/", views.call_held, name="call_held"),
    path("reserve/leave-free/", views.leave_free, name="leave_free"),
    path("<slug:code>/withdraw/", views.withdraw, name="withdraw"),
]
urlpatterns = [
    path("cohorts/<slug:slug>/assignments/", include(assignments)),
    path("cohorts/<slug:slug>/review/", include(review)),
    path("cohorts/<slug:slug>/marking/", include(marking)),
    path("cohorts/<slug:slug>/ranking/", views.own_ranking, name="own_ranking"),
    path("cohorts/<slug:slug>/streams/<slug:code>/ranking/", views.ranking, name="ranking"),
    path("cohorts/<slug:slug>/streams/<slug:code>/not-scoring/", views.waive_several, name="waive_several"),
    path("cohorts/<slug:slug>/scores/", views.scores, name="scores"),
    path("cohorts/<slug:slug>/scores/reviews.csv", views.review_export, name="review_export"),
    path("cohorts/<slug:slug>/selection/", include(selection)),
    path("cohorts/<slug:slug>/offers/", include(offers)),
    path("cohorts/<slug:slug>/releases/", include(releases)),
    path("cohorts/<slug:slug>/answer/", views.own_decision, name="own_decision"),
]
