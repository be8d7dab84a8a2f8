/**
 * Redis's own test suite through the proxy: {@code ./dev oracle}. Redis's Tcl program runs the tests, as its own runner
 * would have it do; what it reports is compared, test by test, with what passes on a Redis that is asked directly.
 */
package dev.redoubt.it.oracle;
