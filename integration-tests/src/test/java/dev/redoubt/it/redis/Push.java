package dev.redoubt.it.redis;

import java.util.List;

/** A RESP3 push: a frame that answers nothing. */
public record Push(List<Object> elements) {}
