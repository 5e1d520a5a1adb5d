"""The model of the program, loaded when it is first needed and then kept."""

import threading

from embeddings.encoder import Encoder

__all__ = ["Model"]


class Model:
    """Gives the encoder when called.

    `name` is a name or path, None for the shipped model. Loading takes seconds, so that whoever
    comes meanwhile waits for the one who loads. After a failure the next call tries again.
    """

    def __init__(self, name: str | None = None, threads: int = 1) -> None:
        self.name = name
        self.threads = threads
        self.lock = threading.Lock()
        self.encoder: Encoder | None = None

    def __call__(self) -> Encoder:
        """The encoder; raises ModelUnavailable."""
        with self.lock:
            if self.encoder is None:
                from embeddings.encoder import SHIPPED, question_encoder

                self.encoder = question_encoder(self.name or SHIPPED, threads=self.threads)
            return self.encoder

    @property
    def loaded(self) -> bool:
        """Whether a call gives the encoder at once."""
        return self.encoder is not None
