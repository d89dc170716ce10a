package io.envcli.cli;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.net.URLStreamHandlerFactory;

/**
 * The only http of this process: none. The JDK's ciphers make an address that begins with it and never open it; whoever does
 * open one is refused. All other kinds of address are left to the JDK.
 */
final class NoHttp extends URLStreamHandler implements URLStreamHandlerFactory {
    @Override
    public @Nullable URLStreamHandler createURLStreamHandler(final String protocol) {
        return protocol.equals("http") ? this : null;
    }

    @Override
    protected URLConnection openConnection(final URL address) throws IOException {
        throw new IOException("env-cli opens no connections: " + address);
    }
}
