using BcnnSim.Hardware.Traffic;
using BcnnSim.Observation.Statistics;

namespace BcnnSim.Cli;

/// <summary>What hears of completed requests: the meter always, the file where asked for, and progress now and then.</summary>
internal sealed class RequestSink(RequestMeter meter, RequestFile? file, IProgress<long> progress) : IRequestObserver
{
    private const long Interval = 1 << 14;
    private long completed;

    public void Completed(in CompletedRequest request)
    {
        meter.Completed(request);
        file?.Write(request);
        if ((++completed & (Interval - 1)) == 0)
        {
            progress.Report(completed);
        }
    }
}
