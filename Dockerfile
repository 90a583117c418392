# One image for all services; SERVICE says which site a web process serves.
ARG PYTHON_IMAGE=python:3.12-slim
FROM ${PYTHON_IMAGE} AS packages
WORKDIR /portal
COPY requirements/setup.txt requirements/production.txt requirements/
RUN python -m venv /opt/venv \
 && pip install --no-cache-dir --require-hashes --prefix /opt/uv -r requirements/setup.txt \
 && VIRTUAL_ENV=/opt/venv /opt/uv/bin/uv pip sync --no-cache --require-hashes --compile-bytecode requirements/production.txt

FROM ${PYTHON_IMAGE}
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/portal/var/static MEDIA_ROOT=/portal/files
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin portal
COPY --from=packages /opt/venv /opt/venv
WORKDIR /portal
COPY . .
# The addresses are only read here, never used.
RUN DATABASE_URL=postgres://none REDIS_URL=redis://none SECRET_KEY=none python manage.py prepare --no-migrate \
 && mkdir -p /portal/files /portal/var/beat \
 && chown portal:portal /portal/files /portal/var/beat
USER 10001:10001
EXPOSE 8000
VOLUME /portal/files
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 CMD ["python", "manage.py", "healthcheck"]
CMD ["gunicorn", "mats_portal.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", \
     "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
