"""A very small company to learn from."""

from handdruk.understand import Lesson

_EXAMPLES = {
    ("parcel", "nl"): "waar is mijn pakket|waar blijft mijn pakje|wanneer komt mijn pakket aan|mijn pakje volgen|"
    "track en trace van mijn zending|is mijn pakket al onderweg|mijn zending is zoek",
    ("parcel", "en"): "where is my parcel|track my parcel|when will my package arrive|where has my package got to|"
    "is my parcel on its way|tracking of my shipment|my shipment is lost",
    ("return", "nl"): "ik wil iets terugsturen|hoe kan ik retourneren|mag ik dit product retour sturen|"
    "retourlabel nodig|terugsturen van een bestelling|kan ik mijn aankoop terugbrengen|retourneren graag",
    ("return", "en"): "I want to send something back|how can I return this|may I return the product|"
    "I need a return label|returning an order|can I bring my purchase back|return please",
    ("password", "nl"): "ik ben mijn wachtwoord vergeten|inloggen lukt niet|nieuw wachtwoord instellen|"
    "ik kan niet inloggen in de app|wachtwoord werkt niet|inlogcode komt niet binnen|kan niet inloggen",
    ("password", "en"): "I forgot my password|logging in fails|set a new password|I cannot log in to the app|"
    "password does not work|login code does not come|cannot log in",
    ("hours", "nl"): "hoe laat gaan jullie open|openingstijden van de winkel|zijn jullie zondag open|"
    "tot hoe laat is de winkel open|wanneer is de klantenservice open|openingsuren|hoe laat sluiten jullie",
    ("hours", "en"): "what time do you open|opening hours of the shop|are you open on Sunday|"
    "until when is the shop open|when is customer service open|opening times|what time do you close",
}
LESSONS = tuple(
    Lesson(text, topic, language) for (topic, language), texts in _EXAMPLES.items() for text in texts.split("|")
)
NEAR_MISSES = (
    Lesson("is mijn pakket verzekerd", None, "nl", unlike="parcel"),
    Lesson("is my parcel insured", None, "en", unlike="parcel"),
)
