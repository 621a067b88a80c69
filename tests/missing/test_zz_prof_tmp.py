import cProfile, pstats, time, sys
from tests.missing.test_finding_many import fill, TYPED, TRIPLES
from antigone.missing import finding
from antigone.description import seeking
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import factories
def test_prof(instance):
    fill(20000)
    who=factories.operator()
    for t in [*TYPED,"ол","о","Олена Яцишина"]:
        finding.find(who,t)
        a=time.perf_counter(); f=finding.find(who,t); b=time.perf_counter()-a
        s=seeking.typed(t); a=time.perf_counter(); c=seeking.candidates(finding.PersonToken,{1},s); d=time.perf_counter()-a
        with CaptureQueriesContext(connection) as q: finding.find(who,t)
        print(t, round(b*1000), "cand",round(d*1000), len(c), "q",len(q), "hits",len(f), [h.ref for h in f[:3]])
    p=cProfile.Profile(); p.enable()
    for _ in range(3):
        for t in TYPED: finding.find(who,t)
    p.disable(); pstats.Stats(p,stream=sys.stdout).sort_stats("tottime").print_stats(22)
