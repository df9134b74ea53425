using System.CommandLine;
using System.Globalization;
using BcnnSim.Cli.Traces;
using BcnnSim.Hardware.Traffic;

namespace BcnnSim.Cli;

/// <summary>Reads what `hbm` says about made-up requests.</summary>
internal sealed class HbmPatternReader(HbmOptionSet options, ParseResult parsed, Refusals refusals)
{
    public const long DefaultRequests = 1_000_000;
    public const int DefaultBytes = 32;

    private const long MaxRequests = 1_000_000_000_000;

    /// <summary>Bytes per request, of a trace too.</summary>
    public int Bytes() => (int)(Whole(options.BytesPerRequest, 1, TraceLine.MaxBytes) ?? DefaultBytes);

    public long Requests() => Whole(options.Requests, 1, MaxRequests) ?? DefaultRequests;

    public RequestPattern Pattern()
    {
        string? name = parsed.GetValue(options.Pattern);
        PatternKind kind = name switch
        {
            null or "sequential" => PatternKind.Sequential,
            "stride" => PatternKind.Stride,
            "random" => PatternKind.Random,
            _ => Unknown(name),
        };
        int bytes = Bytes();
        long workingSet = Whole(options.WorkingSet, 1, RequestPattern.PseudoChannelBytes) ?? RequestPattern.PseudoChannelBytes;
        RequestPattern pattern = new()
        {
            Kind = kind,
            Stride = Stride(kind, workingSet) ?? bytes,
            WorkingSet = workingSet,
            BytesPerRequest = bytes,
            WriteShare = WriteShare(),
            Seed = Whole(options.Seed, 0, int.MaxValue) ?? 1,
        };
        Check(pattern);
        return pattern;
    }

    private PatternKind Unknown(string name)
    {
        refusals.Add("--pattern", "value", name, "no such pattern", "Choose sequential | stride | random");
        return PatternKind.Sequential;
    }

    private long? Stride(PatternKind kind, long workingSet)
    {
        string? given = parsed.GetValue(options.Stride);
        if (kind == PatternKind.Stride && given is null)
        {
            refusals.Add("--stride", "value", "absent", "--pattern stride needs the distance of its requests", "Give --stride BYTES");
        }

        if (kind != PatternKind.Stride && given is not null)
        {
            refusals.Add("--stride", "value", given, "only --pattern stride has a stride", "Remove it, or choose --pattern stride");
            return null;
        }

        return given is null ? null : Whole(options.Stride, 1, workingSet);
    }

    private void Check(RequestPattern pattern)
    {
        string bytes = Text(pattern.BytesPerRequest);
        if (pattern.BytesPerRequest > pattern.WorkingSet)
        {
            refusals.Add("--bytes-per-request", "value", bytes, $"a request fits the working set of {Text(pattern.WorkingSet)} bytes", "Make the request smaller or the working set larger");
        }
        else if (pattern.End > RequestPattern.PseudoChannelBytes)
        {
            refusals.Add("--working-set", "value", Text(pattern.WorkingSet), $"requests of {bytes} bytes every {Text(pattern.Stride)} would reach beyond the pseudo-channel, to byte {Text(pattern.End)} of {Text(RequestPattern.PseudoChannelBytes)}", $"Choose a multiple of the stride, or at most {Text(RequestPattern.PseudoChannelBytes - pattern.BytesPerRequest)}");
        }
    }

    private double WriteShare()
    {
        string? text = parsed.GetValue(options.WriteShare);
        if (text is null)
        {
            return 0;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) && share is >= 0 and <= 1)
        {
            return share;
        }

        refusals.Add("--write-share", "value", text, "must be a number in 0..1", "Give a share, for example 0.33");
        return 0;
    }

    private long? Whole(Option<string?> option, long minimum, long maximum) =>
        parsed.GetValue(option) is string text ? refusals.Whole(option.Name, text, minimum, maximum) : null;

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
