# The model and the index are inside: the container needs no network when it runs.
FROM python:3.11-slim-bookworm AS build

ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

WORKDIR /src
RUN python -m venv /opt/safepassage
ENV PATH=/opt/safepassage/bin:$PATH

# torch alone first: it is most of the size and changes least.
RUN pip install torch==2.13.0
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY bot bot
COPY embeddings embeddings
COPY web web
RUN pip install .
COPY seeds /usr/share/safepassage/seeds
RUN safepassage --data /var/lib/safepassage ingest /usr/share/safepassage/seeds

FROM python:3.11-slim-bookworm

RUN useradd --system --uid 10001 --home-dir /var/lib/safepassage safepassage
COPY --from=build /opt/safepassage /opt/safepassage
COPY --from=build --chown=safepassage:safepassage /var/lib/safepassage /var/lib/safepassage
COPY --from=build /usr/share/safepassage/seeds /usr/share/safepassage/seeds

ENV PATH=/opt/safepassage/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    SAFEPASSAGE_DATA=/var/lib/safepassage
USER 10001
VOLUME /var/lib/safepassage
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["safepassage", "serve", "--host", "0.0.0.0", "--port", "8000"]
