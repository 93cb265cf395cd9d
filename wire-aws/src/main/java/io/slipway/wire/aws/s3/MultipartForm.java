package io.slipway.wire.aws.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A form of a browser (RFC 7578): fields, and behind them the file. What comes behind the file is not looked at, as S3 does. */
final class MultipartForm {
    private static final Pattern BOUNDARY = Pattern.compile(";\\s*boundary=(?:\"([^\"]+)\"|([^;\\s]+))");
    private static final Pattern NAME = Pattern.compile(";\\s*name=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]+))");
    private static final Pattern FILE_NAME = Pattern.compile(";\\s*filename=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]+))");
    private static final int LONGEST_LINE = 8 << 10;
    private static final int LONGEST_FIELDS = 20 << 10;
    private static final int LONGEST_POLICY = 96 << 10;

    private final PushbackInputStream in;
    private final byte[] delimiter;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private Optional<String> fileName = Optional.empty();
    private Optional<String> fileType = Optional.empty();
    private int fieldBytes;

    private MultipartForm(InputStream in, byte[] delimiter) {
        this.in = new PushbackInputStream(in, delimiter.length + 4);
        this.delimiter = delimiter;
    }

    /** Reads the fields, as far as the file. */
    static MultipartForm read(InputStream in, String contentType) throws IOException {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            throw malformed();
        }
        String text = group(boundary);
        MultipartForm form = new MultipartForm(in, ("\r\n--" + text).getBytes(StandardCharsets.ISO_8859_1));
        if (!form.line().equals("--" + text)) {
            throw malformed();
        }
        form.fields();
        return form;
    }

    private static String group(Matcher matcher) {
        return Optional.ofNullable(matcher.group(1)).orElseGet(() -> matcher.group(2));
    }

    private static RuntimeException malformed() {
        return S3Errors.of(
                400, "MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.");
    }

    private void fields() throws IOException {
        while (true) {
            String disposition = "";
            Optional<String> type = Optional.empty();
            for (String line = line(); !line.isEmpty(); line = line()) {
                String lower = line.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-disposition:")) {
                    disposition = line;
                } else if (lower.startsWith("content-type:")) {
                    type = Optional.of(line.substring("content-type:".length()).strip());
                }
            }
            Matcher name = NAME.matcher(disposition);
            if (!name.find()) {
                throw malformed();
            }
            String field = unescaped(group(name));
            if (field.equalsIgnoreCase("file")) {
                Matcher file = FILE_NAME.matcher(disposition);
                fileName = file.find() ? Optional.of(unescaped(group(file))) : Optional.empty();
                fileType = type;
                return;
            }
            value(field);
        }
    }

    private void value(String field) throws IOException {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        int limit = field.equalsIgnoreCase("policy") ? LONGEST_POLICY : LONGEST_FIELDS - fieldBytes;
        InputStream part = part();
        byte[] piece = new byte[LONGEST_LINE];
        for (int count = part.read(piece); count >= 0; count = part.read(piece)) {
            value.write(piece, 0, count);
            if (value.size() > limit) {
                throw S3Errors.of(
                        400,
                        "MaxPostPreDataLengthExceeded",
                        "Your POST request fields preceding the upload file were too large.");
            }
        }
        fieldBytes += field.equalsIgnoreCase("policy") ? 0 : value.size();
        if (fields.put(field, value.toString(StandardCharsets.UTF_8)) != null) {
            throw S3Errors.invalidArgument("POST requires exactly one " + field + " field.");
        }
        String rest = line();
        if (rest.startsWith("--")) {
            throw S3Errors.invalidArgument("POST requires exactly one file upload per request.");
        }
    }

    private static String unescaped(String text) {
        String bytes = text.replace("\\\"", "\"").replace("%22", "\"");
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int each = in.read(); each >= 0; each = in.read()) {
            if (each == '\n' && line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
                return line.substring(0, line.length() - 1);
            }
            if (line.length() == LONGEST_LINE) {
                throw malformed();
            }
            line.append((char) each);
        }
        if (line.toString().equals("--")) {
            return "--";
        }
        throw malformed();
    }

    Map<String, String> fieldsRead() {
        return fields;
    }

    Optional<String> fileName() {
        return fileName;
    }

    Optional<String> fileType() {
        return fileType;
    }

    InputStream file() {
        return part();
    }

    /** Bytes as far as the next delimiter, which is taken too. */
    private InputStream part() {
        return new InputStream() {
            private boolean ended;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int count = 0;
                while (!ended && count < length) {
                    int each = in.read();
                    if (each < 0) {
                        throw malformed();
                    }
                    if (each == '\r' && delimited()) {
                        ended = true;
                    } else {
                        into[from + count++] = (byte) each;
                    }
                }
                return count == 0 && ended && length > 0 ? -1 : count;
            }
        };
    }

    /** Whether the delimiter goes on behind its first byte. */
    private boolean delimited() throws IOException {
        for (int i = 1; i < delimiter.length; i++) {
            int each = in.read();
            if (each != delimiter[i]) {
                if (each >= 0) {
                    in.unread(each);
                }
                in.unread(delimiter, 1, i - 1);
                return false;
            }
        }
        return true;
    }
}
