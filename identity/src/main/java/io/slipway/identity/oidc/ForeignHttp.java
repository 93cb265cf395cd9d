package io.slipway.identity.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.store.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Asks others for JSON. Whoever calls waits: never in a transaction, and never on a thread of the event loop. An answer has a time and a
 * size; redirects are not followed, as they could lead anywhere; and few are asked at once, so that a provider that hangs does not take
 * the threads of everybody.
 */
final class ForeignHttp {
    static final int LONGEST = 512 << 10;
    private static final int AT_ONCE = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Semaphore places = new Semaphore(AT_ONCE);
    private final HttpClient http;

    /** @param authorities with certificates that are trusted besides those that Java knows */
    ForeignHttp(Optional<Path> authorities) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(HttpClient.Redirect.NEVER);
        authorities.map(Authorities::with).ifPresent(client::sslContext);
        http = client.build();
    }

    /** @param body missing if it is no JSON */
    record Answer(int status, JsonNode body) {}

    /** @throws PlatformException UNAVAILABLE if there is no answer of status 200, and of JSON */
    JsonNode get(URI address, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(PATIENCE).header("accept", "application/json");
        headers.forEach(request::header);
        Answer answer = ask(address, request.build());
        if (answer.status() >= 300 && answer.status() < 400) {
            throw unreachable(address, "it answers with a redirect (" + answer.status() + "), which is not followed");
        }
        if (answer.status() != 200) {
            throw unreachable(address, "it answers " + answer.status());
        }
        if (!answer.body().isObject()) {
            throw unreachable(address, "its answer is no JSON");
        }
        return answer.body();
    }

    /** What it answers to a form, be it a refusal. */
    Answer post(URI address, String form, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("accept", "application/json")
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        headers.forEach(request::header);
        return ask(address, request.build());
    }

    private Answer ask(URI address, HttpRequest request) {
        if (!places.tryAcquire()) {
            throw PlatformException.tooOften(
                    "Too many are asking " + where(address) + " at once. Try again.", Duration.ofSeconds(1));
        }
        CompletableFuture<HttpResponse<byte[]>> later = http.sendAsync(request, head -> new LimitedBody(LONGEST));
        try {
            HttpResponse<byte[]> answer = later.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(answer.statusCode(), json(answer.body()));
        } catch (ExecutionException e) {
            throw unreachable(address, reason(e.getCause() == null ? e : e.getCause()));
        } catch (TimeoutException e) {
            boolean unused = later.cancel(true);
            throw unreachable(address, reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(address, "the server stops");
        } finally {
            places.release();
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return Json.mapper().readTree(body);
        } catch (IOException notJson) {
            return Json.mapper().missingNode();
        }
    }

    private static String reason(Throwable failure) {
        if (failure instanceof LimitedBody.TooLong) {
            return "its answer is longer than " + (LONGEST >> 10) + " KB";
        }
        if (failure instanceof HttpTimeoutException || failure instanceof TimeoutException) {
            return "no answer within " + PATIENCE.toSeconds() + " seconds";
        }
        if (failure instanceof SSLException) {
            return "its certificate is not trusted, or it speaks no TLS: " + failure.getMessage();
        }
        if (failure instanceof ConnectException) {
            return failure.getCause() instanceof UnresolvedAddressException
                    ? "its name is not known"
                    : "the connection is refused";
        }
        return String.valueOf(failure.getMessage());
    }

    static PlatformException unreachable(URI address, String why) {
        return new PlatformException(
                ErrorCode.UNAVAILABLE, "The provider at " + where(address) + " cannot be reached: " + why + ".");
    }

    /** Without its query, which may have what nobody needs to know. */
    static String where(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath();
    }
}
