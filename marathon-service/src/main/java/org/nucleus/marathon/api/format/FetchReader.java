package org.nucleus.marathon.api.format;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.nucleus.marathon.core.state.Fetch;

/** Reads what is to be brought into the sandbox, in the present form and the old one. */
final class FetchReader {
    private static final Pattern ARCHIVE =
            Pattern.compile(".*\\.(tar|tar\\.gz|tar\\.bz2|tar\\.xz|gz|tgz|tbz2|txz|zip)$");
    private static final int URI_MOST = 1_024;

    private FetchReader() {}

    static List<Fetch> read(Fields fields) {
        List<Fetch> fetch = read(fields, "fetch");
        if (!fields.has("fetch")) {
            fields.texts("uris")
                    .forEach(
                            uri -> fetch.add(new Fetch(uri, ARCHIVE.matcher(uri).matches(), false, false, null)));
        }
        return fetch;
    }

    static List<Fetch> read(Fields fields, String name) {
        List<Fetch> fetch = new ArrayList<>();
        fields.objects(
                name,
                one -> fetch.add(new Fetch(
                        uri(one),
                        one.flag("extract", true),
                        one.flag("executable", false),
                        one.flag("cache", false),
                        one.text("destPath"))));
        return fetch;
    }

    private static String uri(Fields fetch) {
        String uri = fetch.required("uri");
        if (uri.isEmpty() && fetch.has("uri")) {
            fetch.problems().add(fetch.at("uri"), "error.minLength");
        } else if (uri.length() > URI_MOST) {
            fetch.problems().add(fetch.at("uri"), "error.maxLength");
        }
        return uri;
    }
}
