namespace BcnnSim.Cli.Traces;

/// <summary>A trace named on the command line: opened, and read once to its end where that is possible.</summary>
/// <param name="File">Full path.</param>
/// <param name="Name">As messages and reports name it.</param>
/// <param name="BytesPerRequest">Where lines do not say.</param>
/// <param name="Layout">Format and fields.</param>
/// <param name="Summary">Null for a pipe, which can be read only once.</param>
/// <param name="Pipe">Its reader, at the first request; null for a file.</param>
internal sealed record TraceInput(string File, string Name, int BytesPerRequest, TraceLayout Layout, TraceSummary? Summary, TraceReader? Pipe)
{
    private const long LongCheck = 1L << 26;

    /// <summary>Null with the refusals collected.</summary>
    public static TraceInput? Open(string file, string name, TraceFormat? format, int bytesPerRequest, Refusals refusals, Session session)
    {
        if (TryOpen(file, name, refusals) is not FileStream stream)
        {
            return null;
        }

        if (stream.CanSeek && stream.Length > LongCheck)
        {
            session.Error.WriteLine($"checking {name}, {Figure.Bytes(stream.Length)}");
        }

        TraceReader reader = new(stream, name, format, bytesPerRequest);
        if (stream.CanSeek || reader.Layout is null)
        {
            using (reader)
            {
                return TraceSummary.Of(reader, name, refusals, session.Cancellation) is TraceSummary summary ? new(file, name, bytesPerRequest, summary.Layout, summary, null) : null;
            }
        }

        return new(file, name, bytesPerRequest, reader.Layout, null, reader);
    }

    /// <summary>Requests number <paramref name="first"/> and every <paramref name="ports"/>-th behind it, or all to one pseudo-channel.</summary>
    public TraceSource Source(int first, int ports, int? only)
    {
        Refusals refusals = new();
        TraceReader? reader = Pipe ?? (TryOpen(File, Name, refusals) is FileStream stream ? new TraceReader(stream, Name, Layout.Format, BytesPerRequest) : null);
        refusals.ThrowIfAny();
        return only is null ? new TraceSource(reader!, first, ports - 1, null, false) : new TraceSource(reader!, 0, 0, only, Pipe is not null);
    }

    private static FileStream? TryOpen(string file, string name, Refusals refusals)
    {
        try
        {
            if (Directory.Exists(file))
            {
                refusals.Add(name, "file", file, "it is a folder", "Name a trace");
                return null;
            }

            return new FileStream(file, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            refusals.Add(name.Length == 0 ? "--trace" : name, "file", file, "the file must exist", "Check the path");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            refusals.Add(name, "file", failure.Message, "the file must be readable", "Check the path and its permissions");
        }

        return null;
    }
}
