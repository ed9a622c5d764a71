using System.Diagnostics;
using Haneul.Gateway.Authorization;
using Haneul.Gateway.Http;
using Haneul.Gateway.Routing;
using Haneul.Gateway.Stages;
using Haneul.Http;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Haneul.Gateway;

/// <summary>A request's way, stage by stage. An error of any stage goes straight to encoding.</summary>
public sealed class Pipeline
{
    private readonly GatewayOptions _options;
    private readonly IServiceProvider _services;
    private readonly IIdSource _ids;
    private readonly ILogger<Pipeline> _log;
    private readonly Admit _admit;
    private readonly Route _route;
    private readonly Authenticate _authenticate;
    private readonly Authorize _authorize;
    private readonly Record _record;
    private readonly IHttpSite[] _sites;

    public Pipeline(IServiceProvider services, GatewayOptions options, TimeProvider time, IIdSource ids, ILogger<Pipeline> log)
    {
        _options = options;
        _services = services;
        _ids = ids;
        _log = log;
        var map = services.GetRequiredService<ServiceMap>();
        _sites = [.. services.GetServices<IHttpSite>()];
        _authorize = services.GetRequiredService<Authorize>();
        var access = services.GetRequiredService<LocalAccess>();
        _admit = new Admit(map, options, new OperatorClock(time, access), new OperatorExplain(services.GetRequiredService<DecisionLog>(), access));
        _route = new Route(map);
        _authenticate = services.GetRequiredService<Authenticate>();
        _record = services.GetRequiredService<Record>();
    }

    public async Task RunAsync(HttpContext http)
    {
        var started = Stopwatch.GetTimestamp();
        var request = new GatewayRequest(http, _ids.NewUuid());
        using var activity = Record.Start(request);
        if (FindSite(request) is { } site)
        {
            request.Site = site.Name;
            await site.HandleAsync(http, request.RequestId);
            _record.Finish(request, activity, started);
            return;
        }

        if (await _admit.HandleAsync(request))
        {
            return;
        }

        var cancel = http.RequestAborted;
        try
        {
            await ProcessAsync(request, cancel);
        }
        catch (WireFormatException exception)
        {
            request.Error = CommonErrors.SerializationException.With(exception.Message);
        }
        catch (ServiceException exception)
        {
            request.Error = exception.Error;
        }
        catch (BadHttpRequestException exception)
        {
            request.Error = exception.StatusCode == 413
                ? CommonErrors.RequestEntityTooLarge.With(request.Row?.MaxBody is { } limit
                    ? $"Request must be smaller than {limit} bytes for the {request.Row.Operation.Name} operation"
                    : "Request size exceeded the limit.")
                : CommonErrors.MalformedInput.With("The request could not be read.");
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // The one place where a defect becomes an answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.Unexpected(_log, request.RequestId, request.Row?.Operation, exception);
            request.Error = CommonErrors.InternalFailure.With("The request processing has failed because of an unknown error, exception or failure.");
        }

        await EncodeAsync(request, cancel);
        _record.Finish(request, activity, started);
    }

    private IHttpSite? FindSite(GatewayRequest request)
    {
        foreach (var site in _sites)
        {
            if (site.Owns(request.Host, request.Wire.RawPath))
            {
                return site;
            }
        }

        return null;
    }

    private async ValueTask ProcessAsync(GatewayRequest request, CancellationToken cancel)
    {
        _route.Run(request);
        if (request.Error is not null)
        {
            return;
        }

        // Where the head names the operation, that may say how much it takes; in forms the name is in the body itself.
        var named = request.Protocol!.Protocol is not (Protocol.AwsQuery or Protocol.Ec2Query);
        if (named)
        {
            Resolve.Run(request);
        }

        var unresolved = request.Error;
        var maxBody = request.Row?.MaxBody ?? _options.MaxBody;
        await ReadBodyAsync(request, maxBody, cancel);
        await _authenticate.RunAsync(request, cancel);
        request.Error ??= unresolved;
        if (request.Error is not null)
        {
            return;
        }

        Decompress.Run(request, maxBody);
        if (request.Error is not null)
        {
            return;
        }

        if (!named)
        {
            Resolve.Run(request);
        }

        request.Error ??= Authenticate.RefuseAnonymous(request);
        if (request.Error is not null)
        {
            return;
        }

        Decode.Run(request);
        if (request.Error is not null)
        {
            return;
        }

        Validate.Run(request);
        request.Error ??= await _authorize.CheckAsync(request.Row!, request.Input!, request.Call!, cancel);
        if (request.Error is not null)
        {
            return;
        }

        var outcome = await request.Row!.InvokeAsync(request.Input!, request.Call!, _services, cancel);
        request.Output = outcome.Value;
        request.Error = outcome.Error;
    }

    private static async ValueTask ReadBodyAsync(GatewayRequest request, long maxBody, CancellationToken cancel)
    {
        var body = await RequestBody.ReadAsync(request.Http.Request, maxBody, cancel);
        request.Wire.SetBody(body ?? throw new BadHttpRequestException("Request size exceeded the limit.", 413));
    }

    private static async ValueTask EncodeAsync(GatewayRequest request, CancellationToken cancel)
    {
        var response = new HttpWireResponse(request.Http.Response);
        if (request.Error is { } error)
        {
            request.Protocol!.WriteError(error, request.Service?.Model, response, request.RequestId);
        }
        else
        {
            request.Protocol!.Write(request.Row!.Operation, request.Output!, response, request.RequestId);
        }

        try
        {
            await response.SendAsync(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The client has gone; what it asked for is done.
        }
    }
}
