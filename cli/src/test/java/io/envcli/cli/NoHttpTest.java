package io.envcli.cli;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.URL;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

class NoHttpTest {
    private final NoHttp none = new NoHttp();

    @Test
    void makesAddressesAndOpensNone() throws IOException {
        final URL address = URL.of(URI.create("http://127.0.0.1:1/x"), none.createURLStreamHandler("http"));
        assertEquals("127.0.0.1", address.getHost());
        assertThrows(IOException.class, address::openStream);
    }

    @Test
    void leavesOtherKindsOfAddressToTheJdk() {
        assertNull(none.createURLStreamHandler("file"));
        assertNull(none.createURLStreamHandler("https"));
    }
}
