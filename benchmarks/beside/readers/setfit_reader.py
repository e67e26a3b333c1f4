"""SetFit with its defaults, except that its fine-tuning takes no more steps than the job says."""

from importlib.metadata import version

from datasets import Dataset
from protocol import NONE, best_known, run
from setfit import SetFitModel, Trainer, TrainingArguments


def train(job, told):
    names = sorted({topic or NONE for _, topic in job["learned"]})
    rows = [{"text": text, "label": names.index(topic or NONE)} for text, topic in job["learned"]]
    model = SetFitModel.from_pretrained(job["encoder"], device="cpu")
    arguments = TrainingArguments(
        output_dir=job["folder"], max_steps=job["most_steps"], seed=job["seed"], save_strategy="no",
        logging_strategy="no", report_to="none", show_progress_bar=False,
    )  # fmt: skip
    Trainer(model=model, args=arguments, train_dataset=Dataset.from_list(rows)).train()
    told["version"], told["steps"] = version("setfit"), job["most_steps"]
    return lambda text: best_known(names, model.predict_proba([text], as_numpy=True, show_progress_bar=False)[0])


run("setfit", train)
