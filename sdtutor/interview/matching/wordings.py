"""How people write what good answers do, as regular expressions over a sentence in lower case.

All of it is editorial: made of how people write in interviews, and held against the tables in the tests.
"""

import re


def _any(*wordings: str) -> re.Pattern[str]:
    return re.compile("|".join(wordings))


NUMBER = (
    r"(?:(?<![\w.])[~≈<>]?\d[\d,]*(?:\.\d+)?(?:e\d+)?|\b(?:one|two|three|four|five|six|seven|eight"
    r"|nine|ten|twelve"
    r"|twenty|thirty|fifty|hundred|half an?|an?(?= (?:few )?(?:second|minute|hour|day|week|month"
    r"|year|hundred"
    r"|thousand|million|billion|dozen)))\b)"
)
_SCALE = r"(?:\s?(?:k|m|g|t|b|bn|mn)\b|\s(?:hundred|thousand|million|billion|trillion|dozen))?"
DURATION = (
    r"(?:ns|[uµ]s|ms|msecs?|milliseconds?|s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|d|days?"
    r"|weeks?|months?|yrs?"
    r"|years?)\b"
)
_DATA = r"(?:[kmgtp]i?b|[kmgtp]?bytes?|(?:kilo|mega|giga|tera|peta)bytes?)\b"
_RATE = (
    r"(?:(?:r|q|t|w|m)ps\b|[a-z]*\s?(?:/|per |an? |each )\s?(?:s|sec|second|min|minute|h|hour|day|month)\b)"
)
_TIMED = rf"{NUMBER}{_SCALE}\s?-?{DURATION}"
_PERCENT = r"\d{1,3}(?:\.\d+)?\s?(?:%|percent|per cent)"
_NINES = (
    r"(?:\b\d{2}\.\d+\s?(?:%|percent)?|\b9[59]\s?(?:%|percent)"
    r"|\b(?:two|three|four|five|six|\d+)(?: and a half)?[ -]nines)"
)
_ANY = rf"{NUMBER}{_SCALE}"

_SHORT = rf"{NUMBER}{_SCALE}\s?-?(?:[uµ]s|ms|msecs?|milliseconds?|s|secs?|seconds?)\b"
_WITHIN = r"(?:within|in|under|below|less than|at most|faster than|up to|<=?|≤|of|takes?)"

QUALITIES = {
    "latency": _any(
        rf"(?:latenc|\bp\d\d|percentile|respon|\bfast|\bquick)[^.]*?{_SHORT}",
        rf"{_SHORT}[^.]*?(?:latenc|\bp\d\d|percentile|respon)",
        r"(?:answer|redirect|deliver|arriv|search|sen[dt]|loads?\b|loaded|suggest|return|match|check)"
        rf"[^.]{{0,40}}?{_WITHIN} (?:\w+ ){{0,2}}?{_SHORT}",
    ),
    "availability": _any(
        rf"(?:avail|uptime|\b(?:be|is|stay) up\b|\bsl[ao]s?\b|succe|reliab)[^.]*?(?:{_NINES}|{_PERCENT})",
        rf"(?:{_NINES}|{_PERCENT})[^.]*?(?:avail|uptime|\bsl[ao]s?\b|succe|reliab)",
        rf"downtime[^.]*?{_TIMED}|{_TIMED}[^.]*?downtime",
        r"\b(?:two|three|four|five|\d)(?: and a half)?[ -]nines\b(?! of durab)",
    ),
    "durability": _any(
        rf"(?:durab|never los|los[est]|surviv|\brpo\b)[^.]*?(?:{_NINES}|{_TIMED})",
        rf"(?:{_NINES}|{_TIMED})[^.]*?(?:durab|\blost|\brpo\b)",
        r"\b(?:no|zero) (?:data )?loss",
    ),
    "staleness": _any(
        r"(?:stale|fresh|\blag|behind|out of date|\blate\b|delay|visible|eventual|propagat|catch up|appear"
        r"|show)"
        rf"[^.]*?{_TIMED}",
        rf"{_TIMED}[^.]*?(?:stale|\blag|behind|out of date|\bold\b|\blate|delay|fresh)",
    ),
    "retention": _any(
        r"(?:\bkeep|\bkept|retain|retention|\bstor|expir|\bttl\b|\bliv|history|archiv|delet)"
        rf"[^.]*?{NUMBER}{_SCALE}\s?-?(?:days?|weeks?|months?|yrs?|years?)\b",
        rf"{NUMBER}{_SCALE}\s?-?(?:days?|weeks?|months?|yrs?|years?)\b"
        r"[^.]*?(?:retention|of (?:data|history|links))",
    ),
    "throughput": _any(
        rf"{_ANY}\s?(?:(?:r|q|t|w)ps\b"
        r"|(?!seconds?|minutes?|hours?|days?|s\b|ms\b)[a-z]*\s?(?:/|per |an? |each )\s?"
        r"(?:s|sec|second|min|minute|h|hour|day|month)\b)",
    ),
}

ASSUMING = _any(
    r"\bassum|\blet'?s (?:say|take|go with|call)|\bsuppose|\bsay,? (?=[~≈]?\d|an? )",
    r"\b(?:i'?ll|i will|we'?ll|i'?d) (?:take|go with|guess|expect|say|call)|\bpresum|\bmy guess",
    r"\bi expect|\btaking (?:that|it|as|an?|[~≈]?\d)|\bgoing with|\bestimate[sd]? (?:that|at|about)",
)
OUT = _any(
    r"out of (?:the )?scope|not in scope|outside (?:the |of )?scope|\bnon-?goals?\b|\bnot a goal",
    r"\bde-?scop|\b(?:leave|leaving|set|setting|put|putting) [^.]{0,60}?\b(?:out|aside|for later)\b",
    r"\b(?:won'?t|will not|not going to|do not|don'?t|not) (?:be )?(?:build|cover|do|design|handle"
    r"|support|consider|worry about|go into|doing|building|covering|designing|handling|supporting)\b",
    r"\bnot part of|^\W*(?:left )?out ?[:=]",
    r"\b(?:is|are|be|stays?|remains?)(?: all)? left out\b",
    r"(?:^|\b(?:i|we|let'?s|me)\b[^.,;]{0,20}?)\b(?:skip|skipping|ignore|ignoring|park|parking|defer|deferring"
    r"|exclude|excluding|postpone|postponing)\b",
    r"\b(?:belongs?|left) to (?:others|another|other (?:teams?|people)|somebody|someone)\b",
    r"\b(?:somebody|someone|another team)(?: else)?'s (?:job|business|problem|task|work)\b",
    r"\b(?:don'?t|do not|won'?t|will not) (?:offer|provide|include|promise)\b",
    r"\bno (?:accounts?|logins?|auth\w*|payments?|billing|search|ui|frontend|analytics) (?:for now"
    r"|today|here|in v1)",
    r"\b(?:for|in) (?:a later|the next) version|\bin v2\b|\bfor v2\b|\blater version\b|\bbeyond today",
)
SKIPPING = _any(
    r"\b(?:is|are|stays?|remains?)(?: all)? out(?:$|[.,;]| for now| here| today)|\bskip|\bexclud|\bpostpon",
)
"""Leaving something out, while the scope is the subject; later on nodes are out and caches skip."""
SCOPING = _any(
    r"^\W*(?:in )?(?:scope|features?|functional|functions|operations|use cases|core|fr|in|must haves?)\b"
    r"[^:]{0,20}:",
    r"\b(?:i|we)(?:'ll| will|'d| would|'m going to| am going to| shall| must| should)? (?:\w+ )?"
    r"(?:build|design|cover|handle|support|offer|provide|take care of|implement|include|do)\b",
    r"\b(?:users?|people|customers?|clients?)(?: can| should| must| may| will| want to| need to)? [a-z]+",
)
COMPARING = _any(
    r"\binstead of\b|\brather than\b|\bas opposed to\b|\bversus\b|\bvs\b|\bcompared (?:to|with)\b",
    r"\balternative|\bthe other (?:option|way|choice)",
    r"\b(?:i|we)(?:'d| had| have|'ve| also| could| would)* (?:consider|weigh|look at|thought (?:of|about))",
    r"\b(?:could|might) (?:also |instead |have |be )*(?:use|used|do|go|take|pick|choose|put|store|keep)\b",
    r"\boption [a-c12]\b|\bone option|\beither\b",
    r"\b(?:choose|chose|pick|picked|prefer|take|favou?r|go with|use|want"
    r"|like)\b[^.,;]{0,40}\bover (?!\d|time\b|the (?:network|wire|day|year|last|next)|http|tcp"
    r"|a (?:second|minute|day|year))",
    r",\s+not (?:an? |the |by |to |with )?[\w-]+|\bnot [^,.;]{1,30} but\b",
    r"\b(?!(?:spread|split|sharded|partitioned|lease|all|left|averaged|is|are|hand|hands|fail|fails|take|takes"
    r"|roll|go|goes|it|them|data|requests|writes|reads|traffic|load)\b)[a-z][\w-]* over (?!\d|to\b|time\b"
    r"|the\b|an?\b|all\b|each\b|three\b|two\b|several\b|many\b|http|tcp)[\w-]+ (?:as|because|since|so)\b",
)
ASIDE = re.compile(r"\([^()]{0,60}?\b(?:vs|versus)\b[^()]{0,60}\)")
REASON = _any(
    r"\bbecause\b|\bsince\b|\bso that\b|\bso\b|\bas (?:it|we|they|the|that|this|each|every)\b",
    r"\botherwise\b|\bbut\b|\bwhich (?:would|means|is|costs?|needs?|makes?|has)|\bwould\b|\bcosts?\b",
    r"\bneeds?\b|—| - |\bthe price\b|\bavoids?\b|\bsaves?\b|\bgives?\b|\bloses?\b|\bbuys?\b|\bgiven\b",
    r"\bdue to\b|\bfor its\b|\bwhile\b|\bwhereas\b|\bthough\b|\bat the expense",
    r"\bover \S+[^.;]{0,20} as\b",
)
GROWTH = re.compile(
    r"(?:(?<![-=~])[<>]=?\s?(?=~?\d)|\b(?:until|till|beyond|above|over|past|once|exceed\w*|more than"
    r"|at the point|as soon as|below"
    r"|under|up to|pass(?:es)?|reach(?:es)?|outgrow\w*"
    rf"|(?:if|when|should)\b[^.;]{{0,50}}?\b(?:grow|reach|pass|hit|exceed|cross|go|rise|get|need|want"
    r"|climb|drop|fall|more than|above|over|beyond)\w*))"
    rf"[^.;]{{0,40}}?{_ANY}\s?(?P<unit>{_RATE}|{_DATA}|{_PERCENT}|%|{DURATION}|[a-z]+)?"
)
SWITCHING = _any(
    r"\bshard|\bswitch|\bmov(?:e|ing)\b|\bchang|\bsplit|\bmigrat|\badd(?:s|ing)?\b|\bneed|\bwould\b",
    r"\brevisit|\breplac|\bpartition|\bintroduc|\bgo (?:to|for)|\breconsider|\bflip|\bno longer",
    r"\benough|\bfits?\b|\bstop|\bbreak|\bis fine|\bsuffic|\bholds? up|\bkeeps? up|\bstay",
    r"\bone (?:primary|node|machine|box|database|db|server)|\bsingle\b|\bscale|\bdrop\b|\bnot worth",
    r"\bworth|\bcan take|\bworks?\b|\bcarr(?:y|ies)\b|\bthen\b|->|→|=>|⇒|\bplenty\b",
    r"\b(?:a second|another|more|extra) (?:primary|node|machine|box|database|db|server|shard|replica)",
)
COSTING = _any(
    r"\bcost(?:s|ing|ly)?\b(?! nothing|=)|(?<!no )\bthe price\b|\bprice(?: (?:is|we pay)|:| =)",
    r"\bat the expense",
    r"\bdownsides?\b|\bdrawbacks?\b|\bin exchange|\btrade-?offs?\b|\btrad(?:e|es|ing) [^.]{0,40} for\b",
    r"\bpay(?:s|ing)? (?:for|with|in|by)",
    r"\b(?:we|i|you|it|users?|that|this) (?:would |will |may |might |can )?los(?:e|es)\b|\blosing\b",
    r"\bgiv(?:e|es|ing) up\b|\bgave up\b|\bsacrific|\bpenalt|\bthe catch\b|\bcons?:",
    r"\bon the other hand|\bmore expensive|\bmore complex",
    r"\bextra (?:hop|work|latency|write|read|copy|machine|storage|moving)|\bslower\b|\bhurts\b",
    r"\bat the cost",
)
FREE = _any(
    r"\b(?:no|without(?: any)?|zero) (?:real )?(?:downsides?|drawbacks?|costs?|trade-?offs?|penalt)",
)
TARGET = _any(
    r"\b(?:slo|sla|sli|rpo|rto|error budget|recovery (?:point|time)|objective"
    rf"|target)s?\b[^.]{{0,60}}?(?:{_NINES}|{_PERCENT}|{_TIMED}|\b(?:zero|0)\b)",
    rf"(?:{_NINES}|{_PERCENT}|{_TIMED})[^.]{{0,40}}\b(?:slo|sla|rpo|rto|error budget|objective|target)s?\b",
    rf"\blos(?:e|s|t|ing)\b[^.]{{0,30}}\b(?:at most|up to|less than|no more than"
    rf"|under)\b[^.]{{0,20}}?{_TIMED}",
    rf"\b(?:at most|up to|less than|no more than) {_TIMED} of (?:\w+ )?(?:data|writes?|loss|downtime"
    r"|events?|messages?|links?|orders?)",
    rf"\b(?:recover\w*|back|restored?|promot\w+|fail\w* over|failover)\b[^.]{{0,30}}\b(?:in|within"
    rf"|under|takes?|less than|inside) {_TIMED}",
)
WATCHING = _any(
    r"\balert|\balarm|\bpag(?:e|es|ed|ing) (?:us|me|on|the|when|if|some|who)|\bpager|\bmonitor",
    r"\bhealth[ -]?check|\bheart-?beat|\bdashboard|\bprob(?:e|es|ing)\b|\bburn[ -]?rate|\bsynthetic",
    r"\bpaged\b(?! by| through| in| out)|\bwoken\b|\bwakes? (?:me|us|up|some|who|the on)",
    r"\bcanar(?:y|ies)|\bwatch(?:es|ing)? (?:the|for|our|its|how)|\bmetrics?\b|\bnotice|\bdetect",
)
WATCHED = _any(
    r"\brates?\b|\bratio|\blatenc|\bp\d\d|\berrors?\b|\b5xx|\b50\d\b|\blag|\bdepth|\blength|\bage\b",
    r"\bhits?\b|\bburn|\bcpu|\bsaturat|\butili[sz]|\bmiss|\btime-?outs?|\bfail|\bevery \d",
    r"\binstances?\b|\bnodes?\b|\bservers?\b|\breplicas?\b|\bprimary|\bslo|\btraffic|\bqueue|\bdisk",
    r"\bmemory|\bavailab|\bdown\b|\bdrops?\b|\bbacklog|\bload|\bcache|\bdatabase|\bdb\b|\bredirects?",
    r"\brequests?|\bwrites?|\breads?|\bapp\b",
    r"(?:alert|alarm|pag(?:e|es|ed|ing)|wakes?|woken|pager)\b[^.;]{0,40}?(?:\b(?:when|if|once)|[<>] ?\d)",
)
PLANNING = _any(
    r"\bfirst\b[^.]{0,80}\bthen\b|\bnext,? (?:i|we|up|comes|the|let)\b",
    r"\b(?:i'?ll|i will|i would|i'?d|let me|let'?s|i(?:'m| am) going to|i want to"
    r"|we can) (?:\w+ )?(?:like to )?(?:start|begin|first|now|next|move|go (?:on|to|through|deeper"
    r"|into|over)|cover|look at|turn|sketch|draw|walk|dig|estimate|list|define|clarify|outline"
    r"|come back|do the|deep|focus|zoom|spend)",
    r"\bmoving on|\bmove on to|\bnow (?:to|for|on to|the|let|i)\b",
    r"\bbefore (?:i|we) (?:draw|design|go|start|dive|sketch|estimate)|\bmy plan|\bthe plan\b|\bagenda",
    r"\bon to the\b|\bhere'?s how i|\bstarting with\b|\bafter that\b",
)
GAP = _any(
    r"\b(?:i|we)(?: have|'ve)? (?:left|leave|leaving) (?:out|open|aside|undone)",
    r"\bdid ?n(?:o|')t (?:cover|get to|address|handle|design|discuss|look)",
    r"\bhave ?n(?:o|')t (?:covered|handled|designed|addressed|discussed|looked)",
    r"\b(?:is|are|still) missing\b|\bnot (?:covered|designed|addressed|discussed)\b",
    r"\b(?:with|given|had i|if i had) (?:\w+ )?more time",
)
"""Owning up to what was not done."""

CLOSING = _any(
    r"\bto sum(?: it)?(?: all)? up|\bsumming up|\bin (?:summary|short|conclusion|a nutshell)|\bsummar",
    r"\bto (?:conclude|recap|wrap up|close)|\brecap|\bwrapping up|\boverall\b",
    r"\b(?:left|leave|leaving) (?:out|open|aside|undone)",
    r"\bdid ?n(?:o|')t (?:cover|get to|address|handle|design|discuss|look)",
    r"\bhave ?n(?:o|')t (?:covered|handled|designed|addressed|discussed|looked)",
    r"\b(?:with|given|had i|if i had) (?:\w+ )?more time|\bweak(?:est|ness| point| spot| part)",
    r"\b(?:would|'d) (?:revisit|improve|change|look (?:at|into) next|do differently|come back|tackle"
    r"|spend|harden|test|measure)",
    r"\bopen (?:question|point|issue)s?|\bmissing\b|\bgaps?\b|\bbiggest risk|\bwhat worries me",
    r"\bnot happy|\bleast sure|\bnext (?:step|thing)s?|\bremaining\b",
    r"\bwhat is not (?:done|covered|solved)",
)
EXPLAINING = _any(
    r"\bbecause\b|\bsince\b|\bso (?:that|the|we|a|an|it|no|each|every|one|reads?|writes?|when)\b",
    r"\bto (?!the\b|a\b|an\b|our\b|be\b)[a-z]+|\bin order\b|\botherwise\b",
    r"\bwhich (?:\w+s|means|would)\b|\blets?\b|\bkeeps?\b|\babsorb|\btakes?\b|\bavoid|\bprotect",
    r"\bserv(?:e|es|ing)\b|\bhandl|\bhold(?:s|ing)?\b|\banswer|\bdecoupl|\bspread|\bbalanc|\bterminat",
    r"\bfor (?:the|fast|hot|reads?|writes?|events?|durab|failover|order|its|each|every|when)",
    r"\bmakes?\b|\bmeans\b|\bcarr(?:y|ies)|\bsurviv|\bneeds?\b|\ballow|\bsmooth|\bbuffer|\bstores?\b",
    r"\bcuts?\b|\breduc|\boffload|\bhides?\b|\bowns?\b|\bgives?\b",
)
