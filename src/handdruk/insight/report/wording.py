"""The words of the report."""

from handdruk.core.words import Texts, in_language

WORDS: dict[str, Texts] = {
    "title": {"nl": "Wat er gebeurd zou zijn", "en": "What would have happened"},
    "lead": {
        "nl": "{conversations} gesprekken van {company} opnieuw beoordeeld, zoals de assistent dat vandaag zou doen. Er "
        "is niets verstuurd.",
        "en": "{conversations} conversations of {company} decided on again, as the assistant would today. Nothing was "
        "sent.",
    },
    "private": {
        "nl": "Dit verslag bevat woorden van klanten. Persoonlijke gegevens zijn waar mogelijk afgedekt ({mask}), maar "
        "dat lukt nooit altijd: deel het niet buiten het bedrijf.",
        "en": "This report holds customers' words. Personal details are covered where they were found ({mask}), which "
        "never works every time: do not share it outside the company.",
    },
    "no_charts": {
        "nl": 'De grafieken ontbreken: installeer ze met pip install "handdruk[report]". De tabellen zeggen hetzelfde.',
        "en": 'There are no charts: install them with pip install "handdruk[report]". The tables say the same.',
    },
    "answer": {"nl": "beantwoord", "en": "answered"},
    "act": {"nl": "geregeld", "en": "acted"},
    "ask": {"nl": "teruggevraagd", "en": "asked"},
    "hand_over": {"nl": "naar een mens", "en": "handed over"},
    "courtesy": {"nl": "vriendelijk woord", "en": "kind word"},
    "with_a_person": {"nl": "al bij een mens", "en": "already with a person"},
    "answer_note": {"nl": "met een goedgekeurd antwoord", "en": "with an approved answer"},
    "act_note": {"nl": "met een stap in de eigen systemen", "en": "with a step in the company's systems"},
    "ask_note": {"nl": "eindigt met een keuze uit onderwerpen", "en": "ends with a choice of topics"},
    "hand_over_note": {"nl": "op enig moment", "en": "at some moment"},
    "ends": {"nl": "Hoe de gesprekken zouden eindigen", "en": "How the conversations would end"},
    "ends_note": {
        "nl": "Een gesprek telt als naar een mens zodra dat bij één bericht gebeurt; anders telt wat het laatste bericht "
        "kreeg dat meer was dan een vriendelijk woord.",
        "en": "A conversation counts as handed over as soon as one message is; otherwise what counts is what the last "
        "message got that was more than a kind word.",
    },
    "beginnings": {
        "nl": "Het eerste bericht en het hele gesprek",
        "en": "The first message and the whole conversation",
    },
    "beginnings_note": {
        "nl": "De klanten antwoordden destijds op mensen en niet op de assistent. Het eerste bericht zegt daarom het meest; "
        "hoe een gesprek verder ging, is een benadering.",
        "en": "The customers were answering people then, and not the assistant. The first message therefore says most; how "
        "a conversation went on is an approximation.",
    },
    "as_table": {"nl": "Als tabel", "en": "As a table"},
    "first_messages": {"nl": "eerste bericht", "en": "first message"},
    "counted": {"nl": "geteld per", "en": "counted by"},
    "number": {"nl": "aantal", "en": "number"},
    "bounds": {"nl": "Bij welke grens", "en": "At which bound"},
    "bounds_note": {
        "nl": "Dezelfde gesprekken, elke keer met een andere belofte: hoogstens zo veel van de automatische antwoorden "
        "is fout, met {confidence} zekerheid.",
        "en": "The same conversations, each time under another promise: at most so many of the automatic answers are "
        "wrong, with {confidence} confidence.",
    },
    "provisional": {
        "nl": "De belofte is voorlopig: ze rust op kruisvalidatie met de eigen voorbeelden en niet op nagekeken "
        "gesprekken.",
        "en": "The promise is provisional: it rests on cross-validation of the company's own examples, not on "
        "conversations that were checked.",
    },
    "at_most": {"nl": "hoogstens fout", "en": "at most wrong"},
    "threshold": {"nl": "drempel", "en": "threshold"},
    "none": {"nl": "geen", "en": "none"},
    "own": {"nl": "nu", "en": "now"},
    "digital": {"nl": "beantwoord of geregeld", "en": "answered or acted on"},
    "evidence": {"nl": "bewezen hoogstens", "en": "proved at most"},
    "groups_note": {
        "nl": "Waar onderwerpen een eigen drempel hebben, staat hier de laagste; het bewijs is van alle samen.",
        "en": "Where topics have a threshold of their own, this shows the lowest; the evidence is of all of them together.",
    },
    "thresholds": {"nl": "Wat elke drempel zou geven", "en": "What every threshold would give"},
    "thresholds_note": {
        "nl": "Het deel van de berichten dat minstens zo zeker herkend wordt, en hoe vaak een antwoord daar volgens het "
        "bewijs fout zou zijn (met bovengrens). Onderwerpen voor mensen tellen mee in het geheel, niet in het "
        "deel.",
        "en": "The share of messages recognised at least so surely, and how often an answer there would be wrong by the "
        "evidence (with its upper bound). Topics for people count in the whole, not in the share.",
    },
    "part": {"nl": "deel", "en": "share"},
    "share": {"nl": "deel van de berichten", "en": "share of messages"},
    "error": {"nl": "fout volgens het bewijs", "en": "wrong by the evidence"},
    "bound": {"nl": "bovengrens van fout", "en": "upper bound of wrong"},
    "phases": {"nl": "Per fase", "en": "By phase"},
    "phase": {"nl": "fase", "en": "phase"},
    "topics": {"nl": "Per onderwerp", "en": "By topic"},
    "topics_note": {
        "nl": "Gesprekken naar het onderwerp waarmee ze beginnen.",
        "en": "Conversations by the topic they begin with.",
    },
    "topic": {"nl": "onderwerp", "en": "topic"},
    "conversations": {"nl": "gesprekken", "en": "conversations"},
    "messages": {"nl": "berichten", "en": "messages"},
    "topic_unknown": {"nl": "geen bekend onderwerp", "en": "no known topic"},
    "topic_none": {"nl": "een mens nodig, zonder onderwerp", "en": "a person needed, without a topic"},
    "topic_courtesy": {"nl": "alleen een vriendelijk woord", "en": "only a kind word"},
    "unknown": {"nl": "Waar nog geen onderwerp voor is", "en": "What nobody has a topic for yet"},
    "unknown_note": {
        "nl": "{messages} berichten passen bij geen enkel onderwerp. Dit hebben ze het vaakst gemeen, genoemd naar hun "
        "eigen woorden.",
        "en": "{messages} messages fit no topic. This is what they most often have in common, named by their own words.",
    },
    "unknown_sampled": {
        "nl": "Geschat uit een eerlijke steekproef van {sampled}.",
        "en": "Estimated from a fair sample of {sampled}.",
    },
    "unknown_nothing": {
        "nl": "Er is niets dat vaak genoeg terugkomt.",
        "en": "There is nothing that comes back often enough.",
    },
    "found": {"nl": "{messages} berichten", "en": "{messages} messages"},
    "about": {"nl": "ongeveer {messages} berichten", "en": "about {messages} messages"},
    "reasons": {"nl": "Waarom", "en": "Why"},
    "reason": {"nl": "belangrijkste reden", "en": "main reason"},
    "languages": {"nl": "Talen", "en": "Languages"},
    "no_language": {"nl": "niet te zeggen", "en": "cannot be told"},
    "language": {"nl": "taal", "en": "language"},
    "person_at": {"nl": "Bij welk bericht een mens het krijgt", "en": "At which message a person gets it"},
    "message_number": {"nl": "bericht", "en": "message"},
    "archive": {"nl": "Het archief", "en": "The archive"},
    "entries_lines": {"nl": "regels", "en": "lines"},
    "entries_mails": {"nl": "mails", "en": "mails"},
    "silent": {"nl": "gesprekken zonder woorden van een klant", "en": "conversations without words of a customer"},
    "broken_lines": {"nl": "onbruikbare regels", "en": "broken lines"},
    "broken_mails": {"nl": "onbruikbare mails", "en": "broken mails"},
    "blank": {"nl": "lege regels", "en": "blank lines"},
    "ours": {"nl": "mails van het bedrijf zelf", "en": "mails of the company itself"},
    "automatic": {"nl": "automatische mails", "en": "automatic mails"},
    "wordless": {"nl": "mails zonder eigen woorden", "en": "mails without words of their own"},
    "beyond": {"nl": "mails na de honderdste van een gesprek", "en": "mails after the hundredth of a conversation"},
    "line": {"nl": "regel", "en": "line"},
    "problem": {"nl": "wat eraan mankeert", "en": "what is wrong"},
    "more_broken": {"nl": "en {more} andere", "en": "and {more} more"},
}


def say(name: str, language: str, **figures: str) -> str:
    """A sentence of the report."""
    return in_language(WORDS[name], language).format(**figures)


def number(value: int, language: str) -> str:
    """12,345 as it is written in the language."""
    grouped = f"{value:,}"
    return grouped.replace(",", ".") if language == "nl" else grouped


def percent(value: float, language: str, digits: int = 1) -> str:
    """A share as a percentage."""
    shown = f"{100 * value:.{digits}f}"
    return f"{shown.replace('.', ',')} %" if language == "nl" else f"{shown}%"


def decimal(value: float, language: str) -> str:
    """A probability, with three decimals."""
    return f"{value:.3f}".replace(".", "," if language == "nl" else ".")
