// What OkHttp 4 adds for Kotlin, for a test with the OkHttp 3 that Debian has.
package okhttp4

import java.io.File
import okhttp3.MediaType
import okhttp3.RequestBody
import okhttp3.Response
import okhttp3.ResponseBody

fun String.toMediaType(): MediaType = MediaType.get(this)
fun ByteArray.toRequestBody(type: MediaType? = null): RequestBody = RequestBody.create(type, this)
fun File.asRequestBody(type: MediaType? = null): RequestBody = RequestBody.create(type, this)

val Response.body: ResponseBody? get() = body()
val Response.code: Int get() = code()
