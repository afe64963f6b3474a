using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace GpuGan.Runner.Lab;

/// <summary>
/// Who may talk to the server: who knows its token and is no other site. The token stands first in the path, so that every address of the page has
/// it; a name that another site has pointed at this machine is refused by its <c>Host</c>, a script of another site by its <c>Origin</c>.
/// </summary>
/// <param name="Token">Unguessable, in letters that addresses have.</param>
internal sealed record LabAccess(string Token)
{
    private const int TokenBytes = 16;

    /// <summary>Access by a token of its own.</summary>
    public static LabAccess Create() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)));

    /// <summary>Decides whether a request is answered.</summary>
    /// <param name="request">The request.</param>
    /// <param name="port">On which it came.</param>
    /// <param name="rest">Its path behind the token, without a slash before it.</param>
    /// <returns>The status that refuses it; null where it is answered.</returns>
    public int? Refusal(HttpRequest request, int port, out string rest)
    {
        rest = "";
        string[] hosts = [$"127.0.0.1:{port}", $"localhost:{port}"];
        if (!hosts.Contains(request.Host.Value) || request.Headers.Origin.Any(origin => !hosts.Contains(origin?.Replace("http://", "", StringComparison.Ordinal))))
        {
            return StatusCodes.Status403Forbidden;
        }

        string[] parts = (request.Path.Value ?? "").Split('/', 3);
        if (parts.Length < 3 || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(parts[1]), Encoding.UTF8.GetBytes(Token)))
        {
            return StatusCodes.Status404NotFound;
        }

        rest = parts[2];
        return HttpMethods.IsGet(request.Method) ? null : StatusCodes.Status405MethodNotAllowed;
    }
}
