/** The command line: run, cli, check, help. Everything here runs on the main thread, or on the hook that ends the process. */
@NullMarked
package dev.redoubt.proxy.cli;

import org.jspecify.annotations.NullMarked;
