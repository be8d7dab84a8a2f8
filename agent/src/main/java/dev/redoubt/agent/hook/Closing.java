package dev.redoubt.agent.hook;

import dev.redoubt.agent.observe.ClientKind;

/** Tells at the beginning of a method that its object is about to be closed. */
final class Closing implements EntryWeave.Entry {
    private final ClientKind kind;

    Closing(ClientKind kind) {
        this.kind = kind;
    }

    @Override
    public void write(Asking asking) {
        asking.tell(Questions.closed(kind));
    }
}
