using BcnnSim.Hardware.Traffic;
using BcnnSim.Observation.Statistics;

namespace BcnnSim.Cli;

/// <summary>What hears of completed requests: the meter always, the file where asked for, and progress now and then.</summary>
internal sealed class RequestSink(RequestMeter meter, RequestFile? file, IProgress<long> progress) : IRequestObserver
{
    private const long Interval = 1 << 14;
    private long requests;

    public void Completed(in MemoryRequest request, long number, int port, long offered, long completed)
    {
        meter.Completed(request, number, port, offered, completed);
        file?.Write(request, number, port, offered, completed);
        if ((++requests & (Interval - 1)) == 0)
        {
            progress.Report(requests);
        }
    }
}
