namespace BcnnSim.Cli;

/// <summary>Destinations of an `hbm`, each null for none. What is not complete leaves nothing behind.</summary>
/// <param name="Json">The report.</param>
/// <param name="PerRequest">Every completed request, CSV.</param>
/// <param name="Bandwidth">Picture of bandwidth over time.</param>
/// <param name="Latency">Picture of the latencies.</param>
internal sealed record HbmOutputs(JsonDestination? Json, JsonDestination? PerRequest, JsonDestination? Bandwidth, JsonDestination? Latency) : IDisposable
{
    public static HbmOutputs Open(string? json, string? perRequest, string? pictures, IReadOnlyList<string> inputs, Session session, Refusals refusals)
    {
        JsonDestination? document = JsonDestination.Open(json, inputs, session, refusals);
        bool standard = perRequest == "-";
        if (standard)
        {
            refusals.Add("--per-request", "value", "-", "the requests are written to a file while they complete", "Name a file");
        }

        JsonDestination? requests = standard ? null : JsonDestination.Open(perRequest, inputs, session, refusals, "--per-request");
        bool drawn = pictures is not null && Folder(pictures, session, refusals);
        return new(document, requests, Picture("bandwidth.svg"), Picture("latency.svg"));

        JsonDestination? Picture(string name) =>
            drawn ? JsonDestination.Open(Path.Combine(pictures!, name), inputs, session, refusals, "--pictures") : null;
    }

    public void Dispose()
    {
        Json?.Dispose();
        PerRequest?.Dispose();
        Bandwidth?.Dispose();
        Latency?.Dispose();
    }

    private static bool Folder(string given, Session session, Refusals refusals)
    {
        if (given.Length > 0 && Directory.Exists(session.FullPath(given)))
        {
            return true;
        }

        refusals.Add("--pictures", "value", given, "it is not a folder that exists", "Name an existing folder");
        return false;
    }
}
