using BcnnSim.Hardware.Traffic;
using BcnnSim.Observation.Statistics;

namespace BcnnSim.Cli;

/// <summary>What hears of completed requests: the meter always, the file where asked for, and progress now and then.</summary>
internal sealed class RequestSink(RequestMeter meter, RequestFile? file, IProgress<long> progress) : IRequestObserver
{
    private const long Interval = 1 << 14;
    private long requests;

    public void Completed(in OfferedRequest request, long completed)
    {
        meter.Completed(request, completed);
        file?.Write(request, completed);
        if ((++requests & (Interval - 1)) == 0)
        {
            progress.Report(requests);
        }
    }
}
