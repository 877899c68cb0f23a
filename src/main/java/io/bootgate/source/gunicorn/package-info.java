/** How Gunicorn is set up: its command line, GUNICORN_CMD_ARGS, its configuration file, the variables that it reads. */
@NullMarked
package io.bootgate.source.gunicorn;

import org.jspecify.annotations.NullMarked;
