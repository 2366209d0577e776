package io.kubespring.node.process;

import java.io.IOException;

/** A program refused, or did not end; the message is its own. */
public final class CommandException extends IOException {
    CommandException(String message) {
        super(message);
    }
}
