#include "cors.h"

#include "reply.h"
#include "server.h"

void cors_write_headers(const struct sio_server *server, struct buf *lines)
{
    if (server->cors_origin == NULL) return;
    struct str origin = str_from(server->cors_origin);
    http1_write_header(lines, STR("Access-Control-Allow-Origin"), origin);
    if (!str_equal(origin, STR("*"))) http1_write_header(lines, STR("Vary"), STR("Origin"));
}

/* As the cors package answers: 204 with Content-Length: 0, for browsers that wait for a body otherwise. */
bool cors_preflight(sio_request *request)
{
    struct worker *worker = request->http->worker;
    if (worker->server->cors_origin == NULL || !str_equal(http1_method(request->head), STR("OPTIONS"))) return false;
    struct buf *lines = &request->reply_headers;
    struct str wanted = http1_header(request->head, STR("Access-Control-Request-Headers"));
    cors_write_headers(worker->server, lines);
    http1_write_header(lines, STR("Access-Control-Allow-Methods"), STR("GET,HEAD,PUT,PATCH,POST,DELETE"));
    if (wanted.size) {
        http1_write_header(lines, STR("Vary"), STR("Access-Control-Request-Headers"));
        http1_write_header(lines, STR("Access-Control-Allow-Headers"), wanted);
    }
    http1_write_header(lines, STR("Content-Length"), STR("0"));
    reply_send(request->http, &(struct reply){ .status = 204, .headers = buf_str(lines) });
    return true;
}
