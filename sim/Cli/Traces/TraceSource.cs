using System.Globalization;
using BcnnSim.Hardware.Traffic;
using BcnnSim.Observation.Statistics;

namespace BcnnSim.Cli.Traces;

/// <summary>
/// Requests of one port out of a trace, which it reads for itself: ports advance at their own pace, and nothing has to be stored for a
/// slower one.
/// </summary>
/// <param name="reader">At its beginning; closed with the source.</param>
/// <param name="first">Requests of the trace before its first one.</param>
/// <param name="others">Requests of other ports between two of its own.</param>
/// <param name="only">Takes only requests to this pseudo-channel, whatever lies between; null for all.</param>
/// <param name="sole">No other port would take the rest: a request to another pseudo-channel is refused.</param>
internal sealed class TraceSource(TraceReader reader, int first, int others, int? only, bool sole) : IRequestSource, IDisposable
{
    private int skip = first;

    public bool Timed => reader.Layout!.Timed;

    /// <exception cref="InputException">The line is no request: a trace that comes through a pipe could not be checked before.</exception>
    public bool TryNext(out MemoryRequest request)
    {
        if (skip > 0)
        {
            reader.Skip(skip);
        }

        skip = others;
        do
        {
            if (!reader.TryNext(out request))
            {
                return false;
            }

            if (reader.Fault is Violation fault)
            {
                throw new InputException([fault]);
            }
        }
        while (only is int pseudoChannel && RequestMeter.PseudoChannelOf(request) != pseudoChannel && Pass(request));
        return true;
    }

    private bool Pass(in MemoryRequest request) => !sole ? true : throw new InputException(
        reader.Name, string.Create(CultureInfo.InvariantCulture, $"line {reader.Line}, address"), $"0x{request.Address:x}", $"with axi.switchOn=false port {only} reaches only the pseudo-channel of its number", "Store the trace in a file and name all its ports, or leave the switch on");

    public void Dispose() => reader.Dispose();
}
