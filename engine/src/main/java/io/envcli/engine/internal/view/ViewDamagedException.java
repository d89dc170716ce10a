package io.envcli.engine.internal.view;

import java.nio.file.Path;

/** The view does not say what the journal does. Whoever asked may have another one built, and ask again. */
public final class ViewDamagedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Path store;

    /**
     * A view that is damaged.
     *
     * @param store its folder.
     * @param what  is wrong.
     */
    public ViewDamagedException(final Path store, final String what) {
        super(what);
        this.store = store;
    }

    /** {@return the folder of the store whose view it is} */
    public Path store() {
        return store;
    }
}
