using System.Globalization;
using BcnnSim.Reporting;

namespace BcnnSim.Cli;

/// <summary>The command line that makes an `hbm` report again, defaults written out, without the destinations of its results.</summary>
internal static class HbmCommandText
{
    public static string Of(HbmOptions o, string designFile, string? timingFile, IReadOnlyList<string> overrides)
    {
        List<string> words = [BcnnSimCommand.Name, "hbm", "--design", designFile];
        Add("--timing", timingFile);
        Add("--trace", o.Trace);
        Add("--trace-format", o.TraceFormat);
        Add("--pattern", o.Pattern);
        Add("--stride", o.Pattern == "stride" ? Text(o.StrideBytes!.Value) : null);
        Add("--working-set", o.WorkingSetBytes is long set ? Text(set) : null);
        Add("--requests", o.Pattern is not null ? Text(o.Requests!.Value) : null);
        Add("--bytes-per-request", o.BytesPerRequest is int bytes ? Text(bytes) : null);
        Add("--write-share", o.WriteShare is double share ? Text(share) : null);
        Add("--outstanding", o.Outstanding is int outstanding ? Text(outstanding) : null);
        Add("--ports", NumberList.Text(o.Ports));
        Add("--pseudo-channels", o.PseudoChannels is IReadOnlyList<int> channels ? NumberList.Text(channels) : null);
        Add("--id", o.Id);
        Add("--port-megahertz", Text(o.PortMegahertz));
        Add("--seed", o.Seed is long seed ? Text(seed) : null);
        words.AddRange(overrides.SelectMany(s => new[] { "--set", s }));
        return string.Join(' ', words);

        void Add(string option, string? value)
        {
            if (value is not null)
            {
                words.AddRange([option, value]);
            }
        }
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
