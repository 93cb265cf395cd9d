package io.slipway.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * A Python package index as a client sees it (PEP 503 in HTML, PEP 691 in JSON): one page per project that links its files. Only
 * the addresses are taken from it; hashes come from our lock files, so an index cannot give us anything else than what was pinned.
 */
final class PackageIndex {
    private static final String PUBLIC_INDEX = "https://pypi.org/simple";
    private static final String ACCEPT =
            "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1";
    private static final Pattern LINK =
            Pattern.compile("<a\\s[^>]*?href\\s*=\\s*[\"']([^\"']+)[\"']", Pattern.CASE_INSENSITIVE);
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI base;
    private final Proxies proxies;
    private final Optional<SSLSocketFactory> sockets;
    private final Map<String, Map<String, URI>> pages = new HashMap<>();

    private PackageIndex(URI base, Proxies proxies, Optional<SSLSocketFactory> sockets) {
        this.base = base.toString().endsWith("/") ? base : URI.create(base + "/");
        this.proxies = proxies;
        this.sockets = sockets;
    }

    /**
     * The index that pip would ask, on the way that pip would take: {@code PIP_INDEX_URL}, {@code PIP_PROXY} and {@code PIP_CERT}, else
     * pip's configuration, else the variables of the environment, else the public index without further ado.
     */
    static PackageIndex configured(Map<String, String> environment, String python) throws IOException {
        String index = pipsOwn(environment, python, "index-url");
        String authorities = Authorities.file(environment, pipsOwn(environment, python, "cert"));
        return new PackageIndex(
                URI.create(index.isEmpty() ? PUBLIC_INDEX : index),
                new Proxies(environment, pipsOwn(environment, python, "proxy")),
                authorities.isEmpty() ? Optional.empty() : Optional.of(Authorities.with(Path.of(authorities))));
    }

    private static String pipsOwn(Map<String, String> environment, String python, String setting) {
        String variable = "PIP_" + setting.replace('-', '_').toUpperCase(Locale.ROOT);
        String chosen = environment.getOrDefault(variable, "").strip();
        return chosen.isEmpty() ? askPip(python, "global." + setting) : chosen;
    }

    private static String askPip(String python, String setting) {
        try {
            Process pip = new ProcessBuilder(python, "-m", "pip", "config", "get", setting)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String url = new String(pip.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return pip.waitFor() == 0 ? url : "";
        } catch (IOException e) {
            return ""; // no pip there: then it has no configuration either
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /**
     * The address of a file.
     *
     * @throws FileNotFoundException if the project's page does not link it
     */
    URI locate(Artefact artefact) throws IOException {
        URI address = page(artefact.project()).get(artefact.file());
        if (address == null) {
            throw new FileNotFoundException(shown() + " does not offer " + artefact.file());
        }
        return address;
    }

    private synchronized Map<String, URI> page(String project) throws IOException {
        Map<String, URI> page = pages.get(project);
        if (page == null) {
            page = read(base.resolve(project + "/"));
            pages.put(project, page);
        }
        return page;
    }

    private Map<String, URI> read(URI address) throws IOException {
        HttpURLConnection connection = open(address);
        connection.setRequestProperty("Accept", ACCEPT);
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) {
            throw new HttpFailure(status, shown() + " answered " + status + " for " + address.getPath());
        }
        try (InputStream in = connection.getInputStream()) {
            byte[] body = in.readAllBytes();
            URI page = URI.create(connection.getURL().toString());
            String type = String.valueOf(connection.getContentType());
            return type.contains("json") ? parseJson(body, page) : parseHtml(body, page);
        }
    }

    private static Map<String, URI> parseJson(byte[] body, URI page) throws IOException {
        Map<String, URI> files = new HashMap<>();
        for (JsonNode file : JSON.readTree(body).path("files")) {
            files.put(
                    file.path("filename").asText(),
                    page.resolve(file.path("url").asText()));
        }
        return files;
    }

    private static Map<String, URI> parseHtml(byte[] body, URI page) {
        Map<String, URI> files = new HashMap<>();
        Matcher link = LINK.matcher(new String(body, StandardCharsets.UTF_8));
        while (link.find()) {
            String href = link.group(1).replace("&amp;", "&");
            URI address = page.resolve(href.contains("#") ? href.substring(0, href.indexOf('#')) : href);
            String path = address.getRawPath();
            String name = path.substring(path.lastIndexOf('/') + 1);
            files.put(URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8), address);
        }
        return files;
    }

    /** A connection with time-outs, and with the index's own credentials if it goes to the index's own host. */
    HttpURLConnection open(URI address) throws IOException {
        HttpURLConnection connection = proxies.open(withoutUser(address).toURL());
        if (connection instanceof HttpsURLConnection secure) {
            sockets.ifPresent(secure::setSSLSocketFactory);
        }
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        String user = base.getUserInfo();
        if (user != null && String.valueOf(base.getHost()).equals(address.getHost())) {
            String encoded = Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
            connection.setRequestProperty("Authorization", "Basic " + encoded);
        }
        return connection;
    }

    private static URI withoutUser(URI address) {
        String user = address.getRawUserInfo();
        return user == null ? address : URI.create(address.toString().replace(user + "@", ""));
    }

    /** For messages: never with credentials. */
    private String shown() {
        return withoutUser(base).toString();
    }
}
