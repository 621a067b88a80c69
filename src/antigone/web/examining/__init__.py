"""The examination desk: what one may examine, the work stage by stage until the seal, and what it came to.

The desk itself (`stages`, `noting`, `pictures`, `shown`, and the templates and scripts beside them) knows no case. It
asks a `work.Work` for everything, so that a case and an exercise of the practice room are examined at the same desk:

- Another kind of work is a class with the methods of `work.Work`; `view()` returns an `examination.View`.
- Its addresses are `*routes.paths(opened, *permissions)` in its `urls.py`, where `opened(request, key)` makes the
  work for whoever asks, or raises NotHere. Their names begin with "desk"; `Work.at(name, *args)` reverses them.
- Its pages are those of `web/examining/`: `desk.html` takes a `shown.Desk`, `conclude.html`, `summary.html` and
  `sealed.html` take `read`, what was noted in words, beside it.
"""
