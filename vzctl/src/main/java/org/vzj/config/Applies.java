package org.vzj.config;

/** When a change of a parameter takes effect. */
public enum Applies {
  /** At once, also in a running container. */
  LIVE,
  /** At the next start: {@code set} reports it for a running container, see {@code --setmode}. */
  RESTART,
  /** It is read from the configuration when it is needed; a container has nothing to apply. */
  CONF_ONLY,
  /** It must not be changed while the container runs. */
  STOPPED
}
