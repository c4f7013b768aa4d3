#include "upload.h"

#include "polling.h"

bool upload_begin(struct upload *upload, struct session *session)
{
    if (session->polling->upload) {
        session_close(session, "transport error");
        return false;
    }
    upload->session = session;
    session->polling->upload = upload;
    return true;
}

void upload_end(struct upload *upload)
{
    if (upload->session) upload->session->polling->upload = NULL;
    upload->session = NULL;
}

void upload_lost(struct upload *upload)
{
    struct session *session = upload->session;
    upload_end(upload);
    if (session) session_close(session, "transport error");
}
