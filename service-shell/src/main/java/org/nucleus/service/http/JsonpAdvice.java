package org.nucleus.service.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Wraps the JSON that endpoints answer to a GET, where {@code ?jsonp=callback} asks for a script. */
@RestControllerAdvice
public final class JsonpAdvice implements ResponseBodyAdvice<byte[]> {
    @Override
    public boolean supports(MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converter) {
        return ByteArrayHttpMessageConverter.class.isAssignableFrom(converter);
    }

    @Override
    public byte @Nullable [] beforeBodyWrite(
            byte @Nullable [] body,
            MethodParameter returnType,
            MediaType mediaType,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        String callback = request instanceof ServletServerHttpRequest servlet
                ? servlet.getServletRequest().getParameter(Jsonp.PARAMETER)
                : null;
        boolean read = HttpMethod.GET.equals(request.getMethod());
        if (body == null || callback == null || !read || !MediaType.APPLICATION_JSON.isCompatibleWith(mediaType)) {
            return body;
        }
        if (!Jsonp.isCallback(callback)) {
            response.setStatusCode(HttpStatus.BAD_REQUEST);
            response.getHeaders().setContentType(MediaType.TEXT_PLAIN);
            return Jsonp.REFUSAL.getBytes(StandardCharsets.US_ASCII);
        }
        response.getHeaders().setContentType(MediaType.parseMediaType(Jsonp.MEDIA_TYPE));
        return Jsonp.wrapped(callback, body);
    }
}
