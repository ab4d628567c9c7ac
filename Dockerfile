# Klarsignal with Debian's Chromium and the fonts that mail is written in. See README, "In a container".

FROM node:24.21.0-bookworm-slim AS prepared
WORKDIR /app
COPY package.json package-lock.json ./
# What is optional is a Node of its own, for machines that have an old one.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund
COPY rules ./rules
COPY src ./src
# A container's disk keeps nothing that Node compiles, so the image does: the service then starts in half the time.
# As the user who runs it, whose number is in the names there; for another one Node compiles anew.
RUN install -d -o 1000 -g 1000 /compiled
USER 1000:1000
RUN NODE_COMPILE_CACHE=/compiled node --input-type=module --eval "await import('/app/src/hosts/service.ts')" \
    && chmod -R a+rX /compiled

FROM node:24.21.0-bookworm-slim
# Unpinned on purpose: Debian takes old versions away, and a browser must have its security fixes.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
       chromium-headless-shell \
       fonts-crosextra-caladea \
       fonts-crosextra-carlito \
       fonts-dejavu-core \
       fonts-liberation \
       fonts-noto-color-emoji \
       fonts-noto-core \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -m 0700 -o 1000 -g 1000 /data
WORKDIR /app
COPY --from=prepared /app/node_modules ./node_modules
COPY --from=prepared /compiled /compiled
COPY package.json LICENSE THIRD_PARTY_NOTICES ./
COPY rules ./rules
COPY src ./src
COPY fixtures/worlds ./fixtures/worlds

ENV NODE_ENV=production \
    NODE_COMPILE_CACHE=/compiled \
    HOME=/tmp \
    HOST=0.0.0.0 \
    PORT=8787 \
    KLARSIGNAL_DATA=/data \
    KLARSIGNAL_CACHE=/tmp/klarsignal \
    PUPPETEER_EXECUTABLE_PATH=/usr/bin/chromium-headless-shell
# The user `node` by its number, so that whoever runs the image can see that it is not root.
USER 1000:1000
VOLUME /data
EXPOSE 8787 2525
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/hosts/node.ts"]
