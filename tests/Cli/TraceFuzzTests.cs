using System.Text;
using BcnnSim.Cli.Traces;
using BcnnSim.Hardware.Traffic;
using Xunit;

namespace BcnnSim.Tests.Cli;

/// <summary>Lines changed at random: each is a request as written or refused with its line, never an exception, never misread.</summary>
public sealed class TraceFuzzTests
{
    private const int Lines = 2000;
    private static readonly string[] Pieces = ["0x", "R", "W", "READ", "WRITE", ",", " ", "\t", "\"", "-", "+", "#", "\r", "\0", "\u00e9", "99999999999999999999", "0", "ffffffff", "1e3", "."];

    [Theory]
    [InlineData("kind-address", 11)]
    [InlineData("address-kind-cycle", 12)]
    [InlineData("csv", 13)]
    public void A_changed_line_is_read_or_refused_with_its_number(string format, int seed)
    {
        Random random = new(seed);
        int refused = 0;
        for (int i = 0; i < Lines; i++)
        {
            string line = Changed(Line(format, random), random);
            string first = format == "csv" ? "kind,address,bytes,cycle" : Line(format, new Random(1), 0);
            string text = $"{first}\n{line}\n";
            using TraceReader reader = new(new MemoryStream(Encoding.UTF8.GetBytes(text)), "fuzz", Format(format), 32);
            bool more = format == "csv" || reader.TryNext(out _);
            Assert.True(more && reader.Fault is null, $"seed {seed}, line {i}: {first}");
            if (!reader.TryNext(out MemoryRequest request))
            {
                Assert.True(line.TrimStart(' ', '\t', '\r') is "" or ['#', ..], $"seed {seed}, line {i}: '{line}' vanished");
                continue;
            }

            if (reader.Fault is Violation fault)
            {
                refused++;
                Assert.True(fault.Place.StartsWith("line 2, ", StringComparison.Ordinal) && fault.Rule.Length > 0 && fault.Remedy.Length > 0, $"seed {seed}, line {i}: {fault}");
                continue;
            }

            AssertMeans(line, request, $"seed {seed}, line {i}: '{line}' read as {request}");
        }

        Assert.InRange(refused, Lines / 10, Lines - (Lines / 10));
    }

    /// <summary>A slow reading of the same text: what was accepted says exactly this.</summary>
    private static void AssertMeans(string line, MemoryRequest request, string message)
    {
        string[] words = [.. line.TrimEnd('\r').Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim('"'))];
        string kind = Assert.Single(words, w => w is "R" or "W" or "READ" or "WRITE");
        Assert.True(kind[0] == 'W' == request.IsWrite, message);
        string address = words.First(w => w != kind);
        long value = address.StartsWith("0x", StringComparison.Ordinal) ? Convert.ToInt64(address[2..], 16) : Convert.ToInt64(address, 10);
        Assert.True(value == request.Address && value is >= 0 and < 1L << 33, message);
        Assert.True(request.Bytes is >= 1 and <= 1 << 20 && request.Cycle >= 0, message);
        long[] rest = [.. words.Where(w => w != kind).Skip(1).Select(w => Convert.ToInt64(w, 10))];
        Assert.True(rest.Length switch { 0 => request.Bytes == 32, 1 => request.Cycle == rest[0], _ => request.Bytes == rest[0] && request.Cycle == rest[1] }, message);
    }

    private static string Line(string format, Random random, long? cycle = null)
    {
        long address = random.NextInt64(1L << 28) * 32;
        string kind = random.Next(2) == 0 ? "READ" : "WRITE";
        long at = cycle ?? random.Next(1000);
        return format switch
        {
            "kind-address" => $"{kind[0]} 0x{address:x}",
            "address-kind-cycle" => $"0x{address:x} {kind} {at}",
            _ => $"{kind},{address},32,{at}",
        };
    }

    private static string Changed(string line, Random random)
    {
        StringBuilder changed = new(line);
        for (int edits = random.Next(4); edits > 0; edits--)
        {
            int at = random.Next(changed.Length + 1);
            switch (random.Next(3))
            {
                case 0:
                    changed.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 1 when at < changed.Length:
                    changed.Remove(at, 1);
                    break;
                default:
                    changed.Insert(at, (char)random.Next(32, 127));
                    break;
            }
        }

        return changed.ToString();
    }

    private static TraceFormat Format(string name) => Enum.GetValues<TraceFormat>().Single(f => TraceLayout.NameOf(f) == name);
}
